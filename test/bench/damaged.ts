import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { picturesHere } from '../../main/media/images/pictures'
import { inspectFile } from '../../main/media/inspect'
import { bundledTools } from '../../main/tools/tool-paths'
import { randomFrom } from '../support/random'
import { spoiled, spoilSources } from '../support/spoil'
import { type BenchRow, compared, inParallel } from './rows'

const count = 600
const half = count / 2
const megabyte = 1024 * 1024

/** Damaged files: the second 300 must not take more memory than the first 300. */
export const benchDamaged = async (): Promise<BenchRow[]> => {
  const folder = await mkdtemp(join(tmpdir(), 'reshoot-bench-'))
  const random = randomFrom(1)
  try {
    const sources = await spoilSources()
    const paths = Array.from({ length: count }, (_, at) => {
      const [name, bytes] = sources[at % sources.length] ?? ['', Buffer.alloc(1)]
      return { path: join(folder, `${at}${extname(name)}`), bytes: spoiled(bytes, random) }
    })
    for (const { path, bytes } of paths) await writeFile(path, bytes)
    const peakOf = async (part: typeof paths) => {
      let peak = 0
      await inParallel(part, 3, async ({ path }) => {
        await inspectFile(path, { ...bundledTools, pictures: picturesHere })
        peak = Math.max(peak, process.memoryUsage.rss())
      })
      return peak / megabyte
    }
    const first = await peakOf(paths.slice(0, half))
    const second = await peakOf(paths.slice(half))
    const name = `peak memory of damaged files ${half + 1} to ${count} against 1 to ${half}`
    return [compared(name, second, first, 1.1, 'MiB')]
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
