import { spawn } from 'node:child_process'
import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { createMediaTools } from '../../main/media/create-media-tools'
import { checkFile } from '../../main/preflight'
import { bundledFfprobe, bundledTools } from '../../main/tools/tool-paths'
import { type ClipShape, makeClip } from '../support/make-media'
import { alone, type BenchRow, compared, inParallel, median, timed } from './rows'

export const count = 200
const rounds = 5

const shapes: readonly ClipShape[] = [
  { seconds: 3, sound: 'tone' },
  { seconds: 5, width: 640, height: 360, sound: 'tone', faststart: true },
  { seconds: 8, bFrames: 3, sound: 'tone' },
  { seconds: 4, codec: 'hevc', extension: '.mov' },
  { seconds: 4, fragmented: true, keyframes: 15 },
  { seconds: 6, rotation: 90, sound: 'tone' },
  { seconds: 4, variableRate: true },
  { seconds: 3, codec: 'prores', extension: '.mov' },
  { seconds: 5, extension: '.mkv' },
  { seconds: 3, faststart: true, keep: 0.6 },
]

/** Clips of every kind, as files of their own. */
export const makeFiles = async (folder: string): Promise<string[]> => {
  const sources: string[] = []
  for (const shape of shapes) sources.push(await makeClip(shape))
  const paths = Array.from({ length: count }, (_, at) => {
    const source = sources[at % sources.length] ?? ''
    return { source, path: join(folder, `${at}${extname(source)}`) }
  })
  for (const { source, path } of paths) await copyFile(source, path)
  return paths.map(({ path }) => path)
}

/** The plainest way to ask: one process a file, its answer thrown away. */
const plain = (path: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const args = ['-v', 'error', '-show_format', '-show_streams', '-of', 'json', path]
    const child = spawn(bundledFfprobe(), args, { stdio: ['ignore', 'pipe', 'ignore'] })
    child.stdout.resume()
    child.on('error', reject)
    child.on('close', () => resolve())
  })

/** Preflight of 200 clips against ffprobe alone on the same files with the same parallelism, in turns. */
export const benchPreflight = async (): Promise<BenchRow[]> => {
  const folder = await mkdtemp(join(tmpdir(), 'reshoot-bench-'))
  const tools = createMediaTools(bundledTools)
  const width = availableParallelism()
  try {
    const paths = await makeFiles(folder)
    const check = async (path: string) => checkFile(await tools.inspect(path), path)
    const times: { ours: number[]; plain: number[] } = { ours: [], plain: [] }
    await inParallel(paths.slice(0, 20), width, check)
    let block = 0
    for (let round = 0; round < rounds; round++) {
      times.plain.push(await timed(() => inParallel(paths, width, plain)))
      // A new one each time: one that was stopped counts the pause as a block.
      const delay = monitorEventLoopDelay({ resolution: 1 })
      delay.enable()
      times.ours.push(await timed(() => inParallel(paths, width, check)))
      delay.disable()
      block = Math.max(block, delay.max / 1e6)
    }
    return [
      compared(
        `preflight of ${count} clips against ffprobe alone`,
        median(times.ours),
        median(times.plain),
        1.15,
        'ms',
      ),
      alone('longest block of the main process meanwhile', block, 50, 'ms'),
    ]
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
