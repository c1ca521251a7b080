import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { createMediaTools } from '../../main/media/create-media-tools'
import { openImage } from '../../main/media/images/picture-work'
import { checkFile } from '../../main/preflight'
import { bundledTools } from '../../main/tools/tool-paths'
import { type ImageShape, makeImage } from '../support/make-media-images'
import { alone, type BenchRow, compared, inParallel, median, timed } from './rows'

const count = 200
const rounds = 3

const size = { width: 1600, height: 1200 }
const shapes: readonly ImageShape[] = [
  { ...size, noise: true, quality: 80 },
  { ...size, orientation: 6, quality: 80 },
  { ...size, cmyk: true },
  { ...size, format: 'png' },
  { ...size, format: 'png', alpha: 'channel' },
  { ...size, format: 'png', alpha: 'half', palette: true },
  { ...size, format: 'webp' },
  { ...size, format: 'webp', alpha: 'one-pixel' },
  { ...size, format: 'tiff' },
  { width: 640, height: 480, format: 'gif' },
]

/** Reads the header and decodes everything, as anybody would with sharp, and throws it away. */
const plain = async (path: string): Promise<void> => {
  const image = openImage(path)
  await image.metadata()
  await image.raw().toBuffer()
}

/** Preflight of 200 images against sharp alone on the same files with the same parallelism, in turns. */
export const benchImages = async (): Promise<BenchRow[]> => {
  const folder = await mkdtemp(join(tmpdir(), 'reshoot-bench-'))
  const tools = createMediaTools(bundledTools)
  const width = availableParallelism()
  try {
    const sources: string[] = []
    for (const shape of shapes) sources.push(await makeImage(shape))
    const paths = Array.from({ length: count }, (_, at) => {
      const source = sources[at % sources.length] ?? ''
      return { source, path: join(folder, `${at}${extname(source)}`) }
    })
    for (const { source, path } of paths) await copyFile(source, path)
    const files = paths.map(({ path }) => path)
    const check = async (path: string) => checkFile(await tools.inspect(path), path)
    const times: { ours: number[]; plain: number[] } = { ours: [], plain: [] }
    await inParallel(files.slice(0, 20), width, check)
    let block = 0
    for (let round = 0; round < rounds; round++) {
      times.plain.push(await timed(() => inParallel(files, width, plain)))
      const delay = monitorEventLoopDelay({ resolution: 1 })
      delay.enable()
      times.ours.push(await timed(() => inParallel(files, width, check)))
      delay.disable()
      block = Math.max(block, delay.max / 1e6)
    }
    return [
      compared(
        `preflight of ${count} images against sharp alone`,
        median(times.ours),
        median(times.plain),
        1.3,
        'ms',
      ),
      alone('longest block of the main process meanwhile', block, 50, 'ms'),
    ]
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
