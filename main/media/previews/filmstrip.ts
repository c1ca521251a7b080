import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { basename } from 'node:path'
import type { ClipFacts, Facts } from '../../../preload/contract'
import { throughTemporary } from '../../files/temporary-file'
import { endOf } from '../../preflight'
import { mediaError } from '../../tools/media-error'
import { runFfmpeg } from '../../tools/run-ffmpeg'
import { runTool } from '../../tools/run-tool'
import { asInput } from '../clips/probe'
import type { FilmstripFile, FilmstripWork, PictureWork, ToolPaths } from '../media-tools'

const timeout = 60_000
const height = 90
/** Milliseconds between looks for new tiles. */
const lookEvery = 40

/** About two tiles a second, no more than fit across a screen and no fewer than fill it. */
const tilesFor = (seconds: number) => Math.max(8, Math.min(30, Math.round(seconds * 2)))

const tileWidthOf = (facts: ClipFacts): number => {
  const [n = 1, d = 1] = facts.sar.split(':').map(Number)
  const wide = facts.rotation % 180 === 0 ? n / d : d / n
  const ratio =
    facts.width && facts.height ? (facts.width / facts.height) * (wide > 0 ? wide : 1) : 16 / 9
  return Math.max(16, Math.min(320, Math.round((height * ratio) / 2) * 2))
}

/** How a clip is divided into tiles, the same at each call; null where it has no pictures in time. Seconds, pixels. */
export const filmstripShape = (facts: Facts): Omit<FilmstripFile, 'path'> | null => {
  const duration = facts.kind === 'video' ? endOf(facts) : null
  if (facts.kind !== 'video' || facts.videoTracks === 0 || !duration) return null
  return { count: tilesFor(duration), tileWidth: tileWidthOf(facts), tileHeight: height, duration }
}

type Shape = Omit<FilmstripFile, 'path'>

const still = ['-f', 'image2', '-c:v', 'mjpeg', '-q:v', '4']

/** One pass: each tile as a file of its own as soon as it is known, and all side by side at the end. */
const stripArguments = (
  path: string,
  shape: Shape,
  tileFiles: string | null,
  track: number,
): string[] => {
  const { count, duration, tileWidth, tileHeight } = shape
  const tiles = [
    // Of the frames nearest to a step the last one stays, which is the one in the middle between two steps.
    `fps=fps=${count}/${duration.toFixed(6)}:start_time=0:round=near`,
    `scale=${tileWidth}:${tileHeight}`,
    'setsar=1',
    'format=yuvj420p',
  ].join(',')
  const graph = tileFiles
    ? `[0:V:${track}]${tiles},split[each][all];[all]tile=${count}x1[strip]`
    : `[0:V:${track}]${tiles},tile=${count}x1[strip]`
  return [
    '-i',
    asInput(path),
    '-filter_complex',
    graph,
    ...(tileFiles
      ? ['-map', '[each]', ...still, '-frames:v', `${count}`, '-atomic_writing', '1']
      : []),
    ...(tileFiles ? ['-start_number', '0', tileFiles] : []),
    ...['-map', '[strip]', '-frames:v', '1', ...still, '-update', '1'],
  ]
}

/** The first picture by itself, long before a decoder with several threads has filled them. */
const firstTile = async (
  path: string,
  shape: Shape,
  output: string,
  tools: ToolPaths,
  { signal, track = 0 }: PictureWork,
): Promise<boolean> => {
  const size = `${shape.tileWidth}:${shape.tileHeight}`
  const args = [
    '-v',
    'error',
    '-nostdin',
    '-y',
    '-threads',
    '1',
    '-i',
    asInput(path),
    '-map',
    `0:V:${track}`,
  ]
  const rest = ['-an', '-frames:v', '1', '-vf', `scale=${size},setsar=1,format=yuvj420p`, ...still]
  const run = await runTool(tools.ffmpeg(), [...args, ...rest, '-update', '1', output], {
    timeout,
    signal,
  })
  return run.code === 0
}

/** Tells of tiles while they come; gives the way to stop. */
const watchTiles = (
  shape: Shape,
  fileOf: (tile: number) => string,
  tell: (ready: number) => void,
) => {
  let ready = 0
  const look = () => {
    const before = ready
    while (ready < shape.count && existsSync(fileOf(ready))) ready += 1
    if (ready > before) tell(ready)
  }
  const timer = setInterval(look, lookEvery)
  return () => clearInterval(timer)
}

/**
 * Equal tiles side by side, each the frame in the middle of its part, in one run.
 *
 * With `tiles` they are also written one by one, and told of as they come, the first one at once.
 * Rejects with MediaError or AbortError.
 */
export const makeFilmstrip = async (
  path: string,
  facts: Facts,
  output: string,
  tools: ToolPaths,
  work: FilmstripWork = {},
): Promise<FilmstripFile> => {
  const shape = filmstripShape(facts)
  const name = basename(path)
  if (!shape) throw mediaError('not-possible', { name }, 'no pictures in time')
  const { tiles } = work
  const fileOf = (tile: number) => `${tiles?.prefix}${String(tile).padStart(2, '0')}.jpg`
  const early = `${tiles?.prefix}first.jpg`
  let told = 0
  const tell = (files: string[]) => {
    if (files.length < told) return
    told = files.length
    tiles?.onTiles(files)
  }
  const stopWatching = tiles
    ? watchTiles(shape, fileOf, (ready) =>
        tell(Array.from({ length: ready }, (_, at) => fileOf(at))),
      )
    : () => {}
  const first = tiles
    ? firstTile(path, shape, early, tools, work).then((made) => {
        if (made && told === 0) tell([early])
      })
    : Promise.resolve()
  // Without it the strip merely begins later.
  first.catch(() => {})
  try {
    const pattern = tiles ? `${tiles.prefix.replaceAll('%', '%%')}%02d.jpg` : null
    const args = stripArguments(path, shape, pattern, work.track ?? 0)
    const seconds = shape.duration / shape.count
    await throughTemporary(output, (temporary) =>
      runFfmpeg(tools.ffmpeg(), { args, output: temporary, seconds, name, timeout }, work),
    )
  } finally {
    stopWatching()
    await first.catch(() => {})
  }
  return { path: output, ...shape }
}

/** Removes the tiles that were written one by one. */
export const removeTiles = async (prefix: string, count: number): Promise<void> => {
  const names = ['first', ...Array.from({ length: count }, (_, at) => String(at).padStart(2, '0'))]
  await Promise.all(names.map((name) => rm(`${prefix}${name}.jpg`, { force: true })))
}
