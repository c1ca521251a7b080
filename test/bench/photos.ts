import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { createMediaTools } from '../../main/media/create-media-tools'
import { checkFile } from '../../main/preflight'
import { bundledTools } from '../../main/tools/tool-paths'
import { makeImage } from '../support/make-media-images'
import { alone, type BenchRow, compared, inParallel } from './rows'

const count = 120
const warmUp = 10
const half = 60
const megabyte = 1024 * 1024
/** As many as the window checks at once. */
const width = 4

/** Photos of 12 megapixels: once the first ten are done, the second sixty must not take more than the first. */
export const benchPhotos = async (): Promise<BenchRow[]> => {
  const folder = await mkdtemp(join(tmpdir(), 'reshoot-bench-'))
  const tools = createMediaTools(bundledTools)
  try {
    const photo = { width: 4000, height: 3000, noise: true, quality: 70 }
    const sources = [
      await makeImage(photo),
      await makeImage({ ...photo, format: 'png', noise: false, alpha: 'channel' }),
    ]
    const paths = Array.from({ length: count }, (_, at) => join(folder, `${at}`))
    for (const [at, path] of paths.entries())
      await copyFile(sources[at % sources.length] ?? '', path)
    let peak = 0
    const watch = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage.rss())
    }, 5)
    const check = async (path: string) => checkFile(await tools.inspect(path), path)
    const delay = monitorEventLoopDelay({ resolution: 1 })
    const peakOf = async (part: readonly string[]) => {
      peak = 0
      await inParallel(part, width, check)
      return peak
    }
    await peakOf(paths.slice(0, warmUp))
    delay.enable()
    const first = await peakOf(paths.slice(warmUp, half))
    const second = await peakOf(paths.slice(half))
    delay.disable()
    clearInterval(watch)
    return [
      compared(
        `peak memory of photos ${half + 1} to ${count} against ${warmUp + 1} to ${half}`,
        second / megabyte,
        first / megabyte,
        1.1,
        'MiB',
      ),
      alone('longest block of the main process meanwhile', delay.max / 1e6, 50, 'ms'),
    ]
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
