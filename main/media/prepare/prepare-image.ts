import { copyFile, open, stat } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import type { ImageFacts } from '../../../preload/contract'
import { throughTemporary, withTemporary } from '../../files/temporary-file'
import { type ImageEncodePlan, planImage, type Size } from '../../preflight'
import { mediaError } from '../../tools/media-error'
import { commandLine } from '../../tools/quote'
import { asInput, runFfmpeg } from '../../tools/run-ffmpeg'
import type { Work } from '../../tools/run-tool'
import type { ToolPaths } from '../../tools/tool-paths'
import { oldHeaderBytes, readBmpHeader } from '../images/bmp-header'
import type { Still } from '../images/picture-work'
import type { Pictures } from '../images/pictures'
import type { MediaTools } from '../media-tools'

/** Tried in turn until the file is small enough: JPEG quality, and the factor for each side. */
const attempts = [
  { quality: 92, factor: 1 },
  { quality: 85, factor: 1 },
  { quality: 75, factor: 1 },
  { quality: 75, factor: 0.7 },
  { quality: 75, factor: 0.5 },
] as const

/** Calls `use` with the file, or if decoders do not understand its header, with a copy that has a common one. */
const withCommonHeader = async (
  path: string,
  beside: string,
  use: (path: string) => Promise<void>,
) => {
  const handle = await open(path)
  const head = Buffer.alloc(128)
  const { bytesRead } = await handle.read(head, 0, 128, 0).finally(() => handle.close())
  const header = readBmpHeader(head.subarray(0, bytesRead))
  if (!header?.odd) return use(path)
  await withTemporary(`${beside}.bmp`, async (copy) => {
    await copyFile(path, copy)
    const { size } = await stat(copy)
    const patched = await open(copy, 'r+')
    head.writeUInt32LE(size, 2)
    // Both headers have the colour masks in the same place.
    if (head.readUInt32LE(14) === oldHeaderBytes) head.writeUInt32LE(40, 14)
    await patched.write(head, 0, 18, 0).finally(() => patched.close())
    await use(copy)
  })
}

const onePng = ['-frames:v', '1', '-f', 'image2', '-c:v', 'png', '-update', '1']

/** Calls `use` with a file that sharp can read. sharp reads no BMP, so ffmpeg turns it into a temporary PNG. */
const withReadable = async (
  path: string,
  facts: ImageFacts,
  tools: ToolPaths,
  { output, signal }: { output: string; signal: AbortSignal | undefined },
  use: (readable: string) => Promise<void>,
): Promise<void> => {
  if (facts.format !== 'bmp') return use(path)
  await withTemporary(`${output}.png`, async (png) => {
    await withCommonHeader(path, png, (readable) => {
      const inputs = [{ file: asInput(readable), options: ['-f', 'bmp_pipe'] }]
      const run = { inputs, options: onePng, output: png, seconds: null }
      const options = { name: basename(path), timeout: 60_000 }
      return runFfmpeg(tools.ffmpeg(), { ...run, ...options }, signal ? { signal } : {})
    })
    await use(png)
  })
}

/** Milliseconds for one attempt. */
const timeout = 120_000

const write = async (
  pictures: Pictures,
  still: Still,
  output: string,
  { signal, onProgress }: Work,
): Promise<void> => {
  const { plan, path } = still
  for (const [index, { quality, factor }] of attempts.entries()) {
    signal?.throwIfAborted()
    if (plan.format === 'png' && quality !== 92 && factor === 1) continue
    await pictures.ask({ do: 'encode', ...still, output, quality, factor }, { timeout, signal })
    signal?.throwIfAborted()
    onProgress?.((index + 1) / attempts.length)
    if ((await stat(output)).size <= plan.maxBytes) return
  }
  const values = { name: basename(path), max: plan.maxBytes / 1_000_000 }
  throw mediaError('too-large', values, 'still too large')
}

const asMediaError = (error: unknown, name: string, signal: AbortSignal | undefined): unknown => {
  if (signal?.aborted) return signal.reason
  if (!(error instanceof Error) || error.name === 'MediaError' || error.name === 'AbortError')
    return error
  const reason = error.message.split('\n')[0] ?? ''
  return mediaError('failed', { name, reason }, error.message, error)
}

/** The extension of the output decides, so that content and extension always agree. */
const formats: Record<string, ImageEncodePlan['format']> = {
  '.png': 'png',
  '.jpg': 'jpeg',
  '.jpeg': 'jpeg',
}

const magickSize = ({ width, height }: Size) => `${width}x${height}`

const magickBlur = (pad: Size) => [
  ...['(', '+clone', '-resize', `${magickSize(pad)}^`],
  ...['-gravity', 'center', '-extent', magickSize(pad), '-blur', '0x32', ')'],
  ...['+swap', '-gravity', 'center', '-composite'],
]

/** An ImageMagick command with an equivalent result. No shell can repeat sharp's work, which a comment explains. */
const magickCommand = ({ path, plan, background }: Omit<Still, 'facts'>, output: string) => {
  const { fit, flatten, blur } = plan
  const { crop, scale, pad } = fit ?? { crop: null, scale: null, pad: null }
  const words = [
    ...['magick', `${path}[0]`, '-auto-orient'],
    ...(crop ? ['-crop', `${magickSize(crop)}+${crop.x}+${crop.y}`, '+repage'] : []),
    ...(scale ? ['-resize', `${magickSize(scale)}!`] : []),
    ...(flatten ? ['-background', background, '-alpha', 'remove', '-alpha', 'off'] : []),
    ...(pad && blur ? magickBlur(pad) : []),
    ...(pad && !blur
      ? ['-background', background, '-gravity', 'center', '-extent', magickSize(pad)]
      : []),
    ...['-colorspace', 'sRGB', output],
  ]
  return `# Made by sharp inside Reshoot; much the same with ImageMagick 7:\n${commandLine(words)}`
}

/** Makes the still with its remedies applied. */
export const imagePreparer =
  (tools: ToolPaths, pictures: Pictures): MediaTools['prepare'] =>
  async (preparation, output, work = {}) => {
    const { path, facts, background } = preparation
    const name = basename(path)
    if (facts.kind !== 'image' || !facts.decodes)
      throw mediaError('not-possible', { name }, 'does not decode')
    const { purpose } = preparation
    const planned = planImage(facts, preparation, purpose)
    const chosen =
      planned.how === 'encode'
        ? planned
        : planImage(facts, { ...preparation, remedies: ['convert'] }, purpose)
    if (chosen.how !== 'encode') throw mediaError('not-possible', { name }, 'nothing to do')
    const plan = { ...chosen, format: formats[extname(output).toLowerCase()] ?? chosen.format }
    try {
      await withReadable(path, facts, tools, { output, signal: work.signal }, (readable) =>
        throughTemporary(output, (temporary) =>
          write(pictures, { path: readable, facts, plan, background }, temporary, work),
        ),
      )
    } catch (error) {
      throw asMediaError(error, name, work.signal)
    }
    return { path: output, command: magickCommand({ path, plan, background }, output) }
  }
