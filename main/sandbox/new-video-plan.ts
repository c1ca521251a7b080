import type { ClipFacts, Facts, FileRole, ImageFacts } from '../../preload/contract'
import { type Card, cardOf } from './card'
import { type Colour, paletteOf } from './colours'
import type { NewVideoRequest } from './create-request'
import { even, seeded } from './effects'
import {
  displayedRatio,
  encoding,
  fitFilter,
  outputSize,
  rateOf,
  type Size,
  watermarkFilter,
} from './render-plan'

/** A file of a request, as it is stored. */
export interface Source {
  role: FileRole
  path: string
  facts: Facts
}

/** Where the run finds and leaves files. */
export interface PlanFiles {
  /** The prompt as a picture. */
  card: string
  watermark: string
  output: string
}

export interface NewVideoPlan extends Size {
  seconds: number
  args: string[]
  /** What has to be in the file `card` before the run; null if it is not read. */
  card: Buffer | null
}

interface Shape extends Size {
  seconds: number
  /** Frames per second, as ffmpeg reads it. */
  rate: string
  frames: number
}

/** Of everything that is not made from a clip. */
const usualRate = '30'

const perSecond = (rate: string): number => {
  const [numerator = 30, denominator = 1] = rate.split('/').map(Number)
  return numerator / denominator
}

const isImage = (source: Source): source is Source & { facts: ImageFacts } =>
  source.facts.kind === 'image'
const isClip = (source: Source): source is Source & { facts: ClipFacts } =>
  source.facts.kind === 'video'

/** The inputs of a run, and its filters. */
interface Graph {
  /** Adds an input; gives its number. */
  input: (path: string, ...options: string[]) => number
  filters: string[]
}

/** Makes a picture upright; what cameras write is read by some versions of ffmpeg only. */
const turns: Readonly<Record<number, string>> = {
  2: 'hflip,',
  3: 'hflip,vflip,',
  4: 'vflip,',
  5: 'transpose=0,',
  6: 'transpose=1,',
  7: 'transpose=3,',
  8: 'transpose=2,',
}

const stillInput = ({ input }: Graph, { path }: Source): number => input(path, '-noautorotate')

const upright = ({ orientation }: ImageFacts): string => `${turns[orientation] ?? ''}setsar=1`

const ratioOf = ({ width, height }: ImageFacts): number => (width ?? 16) / (height ?? 9)

/** How much a slow move enlarges the picture, and the factor by which it is drawn larger, so that it moves smoothly. */
const zoom = 0.12
const finer = 1.5

/** A slow move of a still or a clip: `z` is the enlargement by frame (`on`). */
const moved = (z: string, { width, height, rate }: Shape, frames: number): string =>
  `zoompan=z='${z}':x='(iw-iw/zoom)/2':y='(ih-ih/zoom)/2':d=${frames}:s=${width}x${height}:fps=${rate},setsar=1`

/** A still that fills the picture and comes nearer, or goes back to where it fills it exactly. */
const movingStill = (
  graph: Graph,
  source: Source & { facts: ImageFacts },
  shape: Shape,
  way: 'nearer' | 'back',
  label: string,
): void => {
  const number = stillInput(graph, source)
  const large = { width: even(shape.width * finer), height: even(shape.height * finer) }
  const fit = fitFilter(large, ratioOf(source.facts), label)
  const part = `on/${Math.max(1, shape.frames - 1)}`
  const z = way === 'nearer' ? `1+${zoom}*${part}` : `1+${zoom}*(1-${part})`
  graph.filters.push(
    `[${number}:v]${upright(source.facts)},${fit},setsar=1,format=yuv420p,${moved(z, shape, shape.frames)}[${label}]`,
  )
}

/** Lets one picture appear over another. Seconds. */
const crossfade = (
  { filters }: Graph,
  [below, above]: readonly [string, string],
  { start, length }: { start: number; length: number },
  label: string,
): void => {
  const fade = `fade=t=in:st=${start.toFixed(3)}:d=${length.toFixed(3)}:alpha=1`
  filters.push(
    `[${above}]format=yuva420p,${fade}[${above}soft]`,
    `[${below}][${above}soft]overlay=format=auto[${label}]`,
  )
}

/** Pixels of the picture from which moving colours are enlarged. */
const coarse = 24

/** Two colours that flow into each other. */
const colours = (
  { input, filters }: Graph,
  shape: Shape,
  [first, second]: readonly [Colour, Colour],
  seed: number,
  label: string,
): void => {
  const { width, height, seconds, rate } = shape
  const random = seeded(seed)
  const size = width > height ? [coarse * 2, coarse] : [coarse, coarse * 2]
  const source = `color=c=black:s=${size.join('x')}:r=${rate}:d=${seconds}`
  const number = input(source, '-f', 'lavfi')
  const turn = (random() * 6).toFixed(2)
  const mix = `(0.5+0.25*sin(T*0.9+X/W*3+${turn})+0.25*sin(T*0.6-Y/H*4+X/W*2))`
  const channel = (at: 0 | 1 | 2) =>
    `'${first[at].toFixed(0)}+(${(second[at] - first[at]).toFixed(0)})*${mix}'`
  filters.push(
    `[${number}:v]format=gbrp,geq=r=${channel(0)}:g=${channel(1)}:b=${channel(2)},` +
      `scale=${width}:${height}:flags=bicubic,setsar=1,format=yuv420p[${label}]`,
  )
}

/** A single picture for as long as the video lasts. */
const lasting = ({ rate, frames }: Shape): string =>
  `loop=loop=${frames}:size=1:start=0,setpts=N/(${rate})/TB`

/** The words, with a shadow, moving slowly over the picture. */
const words = (graph: Graph, shape: Shape, card: Card, file: string, label: string): void => {
  const { width, height } = card
  const number = graph.input(file)
  const plain = (colour: string) =>
    `color=c=${colour}:s=${width}x${height}:r=${shape.rate}:d=${shape.seconds}`
  const [white, black] = [plain('white'), plain('black')].map((source) =>
    graph.input(source, '-f', 'lavfi'),
  )
  const place = (offset: number) =>
    `x='(W-w)/2+W/50*sin(t*0.7)+${offset}':y='(H-h)/2+H/60*cos(t*0.5)+${offset}'`
  const depth = Math.max(2, Math.round(shape.height / 240))
  graph.filters.push(
    `[${number}:v]scale=${width}:${height}:flags=neighbor,format=gray,${lasting(shape)},split[dots1][dots2]`,
    `[${black}:v][dots1]alphamerge[shadow]`,
    `[${white}:v][dots2]alphamerge[light]`,
    `[${label}][shadow]overlay=${place(depth)}[shaded]`,
    `[shaded][light]overlay=${place(0)}[${label}words]`,
  )
}

/** The clip, then its last frame coming nearer. */
const continued = (
  graph: Graph,
  source: Source & { facts: ClipFacts },
  shape: Shape,
  label: string,
): void => {
  const { width, height, rate, frames } = shape
  const number = graph.input(source.path)
  const shown = clipFrames(source.facts, shape)
  const rest = Math.max(1, frames - shown)
  const z = `if(lt(on,${shown}),1,1+${zoom}*(on-${shown})/${rest})`
  graph.filters.push(
    `[${number}:v:0]scale=trunc(iw*sar/2)*2:ih,setsar=1,fps=${rate},` +
      `${fitFilter({ width, height }, displayedRatio(source.facts), label)},setsar=1,format=yuv420p,` +
      `trim=end_frame=${shown},tpad=stop_mode=clone:stop_duration=${shape.seconds},` +
      `trim=end_frame=${frames},${moved(z, shape, 1)}[${label}]`,
  )
}

const clipFrames = ({ duration }: ClipFacts, { rate, frames }: Shape): number =>
  Math.max(1, Math.min(frames, Math.round((duration ?? 0) * perSecond(rate))))

/** Each reference in a white frame at a place of its own, moving a little. */
const collage = (
  graph: Graph,
  references: readonly Source[],
  shape: Shape,
  below: string,
): string => {
  const { width, height, rate } = shape
  const count = references.length
  const across = Math.min(count, width >= height ? 3 : 2)
  const down = Math.ceil(count / across)
  const cell = { width: width / across, height: height / down }
  const [tileWidth, tileHeight] = [even(cell.width * 0.8), even(cell.height * 0.8)]
  const framed =
    `scale=${tileWidth - 8}:${tileHeight - 8}:force_original_aspect_ratio=decrease,setsar=1,` +
    `pad=iw+8:ih+8:4:4:white,format=yuv420p`
  let last = below
  for (const [index, source] of references.entries()) {
    const tile = `tile${index}`
    if (isImage(source)) {
      const number = stillInput(graph, source)
      const still = `${upright(source.facts)},${framed},${lasting(shape)}`
      graph.filters.push(`[${number}:v]${still}[${tile}]`)
    } else {
      const number = graph.input(source.path)
      const held = `tpad=stop_mode=clone:stop_duration=${shape.seconds}`
      graph.filters.push(
        `[${number}:v:0]scale=trunc(iw*sar/2)*2:ih,setsar=1,fps=${rate},${framed},${held}[${tile}]`,
      )
    }
    const row = Math.floor(index / across)
    // The last row may have fewer, and is in the middle.
    const inRow = Math.min(across, count - row * across)
    const left = ((across - inRow) / 2 + (index % across) + 0.5) * cell.width
    const [x, y] = [left.toFixed(0), ((row + 0.5) * cell.height).toFixed(0)]
    const [turn, sway] = [
      (index * 1.7).toFixed(1),
      (Math.min(cell.width, cell.height) / 20).toFixed(0),
    ]
    graph.filters.push(
      `[${last}][${tile}]overlay=x='${x}-w/2+${sway}*sin(t*0.9+${turn})':y='${y}-h/2+${sway}*cos(t*0.7+${turn})'[${tile}on]`,
    )
    last = `${tile}on`
  }
  return last
}

const heard = 'aresample=48000,aformat=sample_fmts=fltp:channel_layouts=stereo,apad'

/** Sounds one after the other, each as long as the next one leaves it. Null without any. */
const soundOf = (graph: Graph, paths: readonly string[], seconds: number): string | null => {
  if (paths.length === 0) return null
  const each = (seconds / paths.length).toFixed(4)
  const labels = paths.map((path, index) => {
    const number = graph.input(path)
    graph.filters.push(
      `[${number}:a:0]${heard},atrim=end=${each},asetpts=PTS-STARTPTS[heard${index}]`,
    )
    return `[heard${index}]`
  })
  graph.filters.push(`${labels.join('')}concat=n=${paths.length}:v=0:a=1[sound]`)
  return 'sound'
}

/** What is heard: the sound or the voices of the request, or the clip that is continued. */
const audible = (sources: readonly Source[]): string[] => {
  const sounds = sources.filter(({ role }) => role === 'sound' || role === 'voice')
  const clips = sources.filter((one) => one.role === 'clip' && isClip(one))
  const speaking = clips.filter((one) => isClip(one) && one.facts.audio.length > 0)
  return (sounds.length > 0 ? sounds : speaking).map(({ path }) => path)
}

const shapeOf = (
  { parameters }: NewVideoRequest,
  first: (Source & { facts: ImageFacts }) | undefined,
  clip: (Source & { facts: ClipFacts }) | undefined,
): Shape => {
  const { resolution, duration: seconds } = parameters
  const own = clip ? displayedRatio(clip.facts) : first ? ratioOf(first.facts) : null
  const ratio = 'ratio' in parameters ? parameters.ratio : undefined
  const size =
    own === null && ratio
      ? outputSize({ resolution, ratio }, 1)
      : outputSize({ resolution }, own ?? 16 / 9)
  const rate = clip ? rateOf(clip.facts) : usualRate
  return { ...size, seconds, rate, frames: Math.round(seconds * perSecond(rate)) }
}

/**
 * The ffmpeg run that stands in for the model where a new video is made: words become a moving card, an image a slow move,
 * a clip plays on from its last frame, references become a moving collage. Every result says that it is no AI.
 */
export const planNewVideo = (
  request: NewVideoRequest,
  sources: readonly Source[],
  files: PlanFiles,
  fallbackSeed: number,
): NewVideoPlan => {
  const { prompt } = request.input
  const seed = request.parameters.seed ?? fallbackSeed
  const images = sources.filter(isImage)
  const first = images.find(({ role }) => role === 'first-frame')
  const last = images.find(({ role }) => role === 'last-frame')
  const clip = sources.filter(isClip).find(({ role }) => role === 'clip')
  const references = sources.filter(({ role }) => role.startsWith('reference-'))
  const shape = shapeOf(request, first, clip)
  const inputs: string[][] = []
  const graph: Graph = {
    input: (path, ...options) => inputs.push([...options, '-i', path]) - 1,
    filters: [],
  }

  if (clip) continued(graph, clip, shape, 'base')
  else if (first) movingStill(graph, first, shape, 'nearer', 'base')
  else colours(graph, shape, paletteOf(prompt, seed), seed, 'base')
  let shown = 'base'
  if (last) {
    movingStill(graph, last, shape, 'back', 'last')
    const start = clip ? clipFrames(clip.facts, shape) / perSecond(shape.rate) : shape.seconds * 0.3
    const length = Math.max(0.1, (shape.seconds - start) * 0.7)
    crossfade(graph, ['base', 'last'], { start, length }, 'faded')
    shown = 'faded'
  }
  if (references.length > 0) shown = collage(graph, references, shape, shown)
  const card = request.model === 'wan2.7-t2v' ? cardOf(prompt, shape) : null
  if (card) {
    words(graph, shape, card, files.card, shown)
    shown = `${shown}words`
  }
  graph.filters.push(watermarkFilter(shown, graph.input(files.watermark), shape))
  const sound = soundOf(graph, audible(sources), shape.seconds)
  const args = [
    ...inputs.flat(),
    ...['-filter_complex', graph.filters.join(';'), '-map', '[marked]'],
    ...(sound ? ['-map', `[${sound}]`, '-c:a', 'aac', '-b:a', '160k'] : ['-an']),
    ...['-r', shape.rate, '-frames:v', `${shape.frames}`, '-t', shape.seconds.toFixed(3)],
    ...[...encoding, files.output],
  ]
  const { width, height, seconds } = shape
  return { width, height, seconds, args, card: card?.image ?? null }
}
