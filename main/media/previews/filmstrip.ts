import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { basename } from 'node:path'
import type { ClipFacts, Facts } from '../../../preload/contract'
import { pixelAspect } from '../../../preload/contract/reframe'
import { throughTemporary } from '../../files/temporary-file'
import { endOf } from '../../preflight'
import { mediaError } from '../../tools/media-error'
import { asInput, type Conversion, runFfmpeg } from '../../tools/run-ffmpeg'
import { runTool } from '../../tools/run-tool'
import type { ToolPaths } from '../../tools/tool-paths'
import type { FilmstripFile, FilmstripWork, MediaTools, PictureWork } from '../media-tools'

/** Milliseconds. */
const timeout = 60_000
/** Pixels. */
const height = 90
/** Milliseconds between checks for new tiles. */
const checkEvery = 40

/** About two tiles per second, within the numbers that fill the width of a window. */
const tilesFor = (seconds: number) => Math.max(8, Math.min(30, Math.round(seconds * 2)))

const tileWidthOf = (facts: ClipFacts): number => {
  const { width, height: tall } = facts
  const ratio = width && tall ? (width / tall) * pixelAspect(facts) : 16 / 9
  return Math.max(16, Math.min(320, Math.round((height * ratio) / 2) * 2))
}

type Shape = Omit<FilmstripFile, 'path'>

/** How a clip is divided into tiles (seconds, pixels); null if it has no video or no duration. */
export const filmstripShape = (facts: Facts): Shape | null => {
  const duration = facts.kind === 'video' ? endOf(facts) : null
  if (facts.kind !== 'video' || facts.videoTracks === 0 || !duration) return null
  return { count: tilesFor(duration), tileWidth: tileWidthOf(facts), tileHeight: height, duration }
}

const still = ['-f', 'image2', '-c:v', 'mjpeg', '-q:v', '4']

/** One pass that writes each tile as soon as it is decoded, and all of them side by side at the end. */
const stripConversion = (
  path: string,
  shape: Shape,
  tileFiles: string | null,
  track: number,
): Conversion => {
  const { count, duration, tileWidth, tileHeight } = shape
  const tiles = [
    // Of the frames nearest to a step the last one is kept, which lies in the middle between two steps.
    `fps=fps=${count}/${duration.toFixed(6)}:start_time=0:round=near`,
    `scale=${tileWidth}:${tileHeight}`,
    'setsar=1',
    'format=yuvj420p',
  ].join(',')
  const graph = tileFiles
    ? `[0:V:${track}]${tiles},split[each][all];[all]tile=${count}x1[strip]`
    : `[0:V:${track}]${tiles},tile=${count}x1[strip]`
  const single = ['-map', '[each]', ...still, '-frames:v', `${count}`, '-atomic_writing', '1']
  return {
    inputs: [{ file: asInput(path) }],
    options: [
      ...['-filter_complex', graph],
      ...(tileFiles ? [...single, '-start_number', '0', tileFiles] : []),
      ...['-map', '[strip]', '-frames:v', '1', ...still, '-update', '1'],
    ],
  }
}

/** Decodes the first picture alone. This is much faster than the strip, whose decoder fills several threads first. */
const firstTile = async (
  path: string,
  { tileWidth, tileHeight }: Shape,
  output: string,
  tools: ToolPaths,
  { signal, track = 0 }: PictureWork,
): Promise<boolean> => {
  const filters = `scale=${tileWidth}:${tileHeight},setsar=1,format=yuvj420p`
  const args = [
    ...['-v', 'error', '-nostdin', '-y', '-threads', '1', '-i', asInput(path)],
    ...['-map', `0:V:${track}`, '-an', '-frames:v', '1', '-vf', filters],
    ...[...still, '-update', '1', output],
  ]
  return (await runTool(tools.ffmpeg(), args, { timeout, signal })).code === 0
}

const tileFile = (prefix: string, tile: number) => `${prefix}${String(tile).padStart(2, '0')}.jpg`

/** Reports the tiles whenever there are more. `stop` ends that. */
const followTiles = (
  path: string,
  shape: Shape,
  tools: ToolPaths,
  work: PictureWork,
  { prefix, onTiles }: NonNullable<FilmstripWork['tiles']>,
) => {
  const ready: string[] = []
  const check = () => {
    const before = ready.length
    while (ready.length < shape.count && existsSync(tileFile(prefix, ready.length)))
      ready.push(tileFile(prefix, ready.length))
    if (ready.length > before) onTiles([...ready])
  }
  const timer = setInterval(check, checkEvery)
  const early = `${prefix}first.jpg`
  const first = firstTile(path, shape, early, tools, work)
    .then((made) => {
      if (made && ready.length === 0) onTiles([early])
    })
    .catch(() => {}) // without it the strip only appears later
  return {
    stop: async () => {
      clearInterval(timer)
      await first
    },
  }
}

/**
 * Writes equal tiles side by side, each with the frame in the middle of its interval.
 *
 * With `work.tiles` it also writes the tiles one by one and reports them as they are ready.
 * Rejects with MediaError or the signal's reason.
 */
export const filmstripMaker =
  (tools: ToolPaths): MediaTools['filmstrip'] =>
  async (path, facts, output, work = {}) => {
    const shape = filmstripShape(facts)
    const name = basename(path)
    if (!shape) throw mediaError('not-possible', { name }, 'no pictures in time')
    const { tiles, track = 0 } = work
    const following = tiles && followTiles(path, shape, tools, work, tiles)
    const pattern = tiles ? `${tiles.prefix.replaceAll('%', '%%')}%02d.jpg` : null
    const conversion = stripConversion(path, shape, pattern, track)
    const run = { ...conversion, seconds: shape.duration / shape.count, name, timeout }
    try {
      await throughTemporary(output, (temporary) =>
        runFfmpeg(tools.ffmpeg(), { ...run, output: temporary }, work),
      )
    } finally {
      await following?.stop()
    }
    return { path: output, ...shape }
  }

/** Removes the tiles that were written one by one. */
export const removeTiles = async (prefix: string, count: number): Promise<void> => {
  const tiles = Array.from({ length: count }, (_, tile) => tileFile(prefix, tile))
  await Promise.all([`${prefix}first.jpg`, ...tiles].map((file) => rm(file, { force: true })))
}
