import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { basename } from 'node:path'
import type { ClipFacts, Facts } from '../../../preload/contract'
import { throughTemporary } from '../../files/temporary-file'
import { endOf } from '../../preflight'
import { mediaError } from '../../tools/media-error'
import { asInput, type Conversion, runFfmpeg } from '../../tools/run-ffmpeg'
import { runTool } from '../../tools/run-tool'
import type { ToolPaths } from '../../tools/tool-paths'
import type { FilmstripFile, FilmstripWork, PictureWork } from '../media-tools'

/** Milliseconds. */
const timeout = 60_000
/** Pixels. */
const height = 90
/** Milliseconds between checks for new tiles. */
const checkEvery = 40

/** About two tiles per second, within the numbers that fill the width of a window. */
const tilesFor = (seconds: number) => Math.max(8, Math.min(30, Math.round(seconds * 2)))

const tileWidthOf = (facts: ClipFacts): number => {
  const [n = 1, d = 1] = facts.sar.split(':').map(Number)
  const wide = facts.rotation % 180 === 0 ? n / d : d / n
  const ratio =
    facts.width && facts.height ? (facts.width / facts.height) * (wide > 0 ? wide : 1) : 16 / 9
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

/** Calls back with the number of tiles whenever it grows. Returns a function that stops this. */
const watchTiles = (
  count: number,
  fileOf: (tile: number) => string,
  onReady: (ready: number) => void,
) => {
  let ready = 0
  const check = () => {
    const before = ready
    while (ready < count && existsSync(fileOf(ready))) ready += 1
    if (ready > before) onReady(ready)
  }
  const timer = setInterval(check, checkEvery)
  return () => clearInterval(timer)
}

/**
 * Writes equal tiles side by side, each with the frame in the middle of its interval.
 *
 * With `work.tiles` it also writes the tiles one by one and reports them as they are ready.
 * Rejects with MediaError or the signal's reason.
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
  let reported = 0
  const report = (files: string[]) => {
    if (files.length < reported) return
    reported = files.length
    tiles?.onTiles(files)
  }
  const stopWatching = tiles
    ? watchTiles(shape.count, fileOf, (ready) =>
        report(Array.from({ length: ready }, (_, at) => fileOf(at))),
      )
    : () => {}
  const first = tiles
    ? firstTile(path, shape, early, tools, work).then((made) => {
        if (made && reported === 0) report([early])
      })
    : Promise.resolve()
  first.catch(() => {}) // without it the strip only appears later
  try {
    const pattern = tiles ? `${tiles.prefix.replaceAll('%', '%%')}%02d.jpg` : null
    const conversion = stripConversion(path, shape, pattern, work.track ?? 0)
    const run = { ...conversion, seconds: shape.duration / shape.count, name, timeout }
    await throughTemporary(output, (temporary) =>
      runFfmpeg(tools.ffmpeg(), { ...run, output: temporary }, work),
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
