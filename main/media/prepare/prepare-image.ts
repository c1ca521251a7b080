import { copyFile, open, rm, stat } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import type { Sharp } from 'sharp'
import type { ImageFacts } from '../../../preload/contract'
import { throughTemporary } from '../../files/temporary-file'
import { type Fit, type ImageEncodePlan, planImage, type Size } from '../../preflight'
import { mediaError } from '../../tools/media-error'
import { runFfmpeg } from '../../tools/run-ffmpeg'
import { asInput } from '../clips/probe'
import { forgottenHeader, readBmpHeader } from '../images/bmp-header'
import { openImage, withPixels } from '../images/image-decoder'
import type { Preparation, Prepared, ToolPaths, Work } from '../media-tools'
import { magickCommand } from './magick-command'

/** Tried in turn until the file is small enough: JPEG quality, and the part of each side that is kept. */
const attempts = [
  { quality: 92, part: 1 },
  { quality: 85, part: 1 },
  { quality: 75, part: 1 },
  { quality: 75, part: 0.7 },
  { quality: 75, part: 0.5 },
] as const

interface Still {
  path: string
  facts: ImageFacts
  plan: ImageEncodePlan
  background: string
}

/** Cut, scaled and flattened: what lies on the padding. */
const picture = ({ path, facts, plan, background }: Still, part: number): Sharp => {
  let image = openImage(path, { failOn: 'truncated', pages: 1 })
    .timeout({ seconds: 120 })
    .autoOrient()
  const { fit } = plan
  if (fit?.crop) {
    const { x: left, y: top, width, height } = fit.crop
    image = image.extract({ left, top, width, height })
  }
  const { width, height } = frontSize(facts, fit)
  if (fit?.scale || part < 1) {
    image = image.resize(Math.round(width * part), Math.round(height * part), { fit: 'fill' })
  }
  // The fourth byte of an opaque bitmap may hold anything: it must not be flattened away.
  if (!facts.transparent) return image.removeAlpha()
  return plan.flatten || plan.format === 'jpeg' ? image.flatten({ background }) : image
}

const frontSize = (facts: ImageFacts, fit: Fit | null): Size => {
  const size = fit?.scale ?? fit?.crop
  return { width: size?.width ?? facts.width ?? 1, height: size?.height ?? facts.height ?? 1 }
}

/** So much smaller is the picture blurred: it costs little and looks the same. */
const blurStep = 16

/** The picture itself, enlarged and blurred, behind the picture. */
const onBlur = async (front: Sharp, pad: Size, place: { left: number; top: number }) => {
  const input = await front.toColourspace('srgb').png({ compressionLevel: 1 }).toBuffer()
  const small = {
    width: Math.max(4, Math.ceil(pad.width / blurStep)),
    height: Math.max(4, Math.ceil(pad.height / blurStep)),
  }
  const soft = await openImage(input)
    .resize({ ...small, fit: 'cover' })
    .blur(2)
    .png()
    .toBuffer()
  return openImage(soft)
    .resize({ ...pad, fit: 'fill', kernel: 'cubic' })
    .composite([{ input, ...place }])
}

const pipeline = async (still: Still, part: number): Promise<Sharp> => {
  const { facts, plan, background } = still
  const { fit } = plan
  let image = picture(still, part)
  if (fit?.pad) {
    const { width, height } = frontSize(facts, fit)
    const x = fit.pad.width - width
    const y = fit.pad.height - height
    const [left, top] = [Math.floor(x / 2), Math.floor(y / 2)]
    image = plan.blur
      ? await onBlur(image, fit.pad, { left, top })
      : image.extend({ left, right: x - left, top, bottom: y - top, background })
    if (!facts.transparent) image = image.removeAlpha()
  }
  return image.toColourspace('srgb')
}

/** The file itself, or where its header is odd a copy with one that decoders know. Gives what to do afterwards. */
const withUsualHeader = async (
  path: string,
  beside: string,
  use: (path: string) => Promise<void>,
) => {
  const handle = await open(path)
  const head = Buffer.alloc(128)
  const { bytesRead } = await handle.read(head, 0, 128, 0).finally(() => handle.close())
  const header = readBmpHeader(head.subarray(0, bytesRead))
  if (!header?.odd) return use(path)
  await throughTemporary(`${beside}.bmp`, async (copy) => {
    await copyFile(path, copy)
    const { size } = await stat(copy)
    const patched = await open(copy, 'r+')
    head.writeUInt32LE(size, 2)
    // Its masks lie where those of the usual header lie.
    if (head.readUInt32LE(14) === forgottenHeader) head.writeUInt32LE(40, 14)
    await patched.write(head, 0, 18, 0).finally(() => patched.close())
    await use(copy)
  })
  await rm(`${beside}.bmp`, { force: true })
}

/** sharp reads no BMP: ffmpeg turns it into a PNG on the way, in a process of its own. */
const withReadable = async (
  path: string,
  facts: ImageFacts,
  output: string,
  tools: ToolPaths,
  work: Work,
  make: (readable: string) => Promise<void>,
): Promise<void> => {
  if (facts.format !== 'bmp') return make(path)
  const toPng = (readable: string) => ['-f', 'bmp_pipe', '-i', asInput(readable), ...onePng]
  await throughTemporary(`${output}.png`, async (png) => {
    await withUsualHeader(path, png, (readable) =>
      runFfmpeg(
        tools.ffmpeg(),
        {
          args: toPng(readable),
          output: png,
          seconds: null,
          name: basename(path),
          timeout: 60_000,
        },
        { ...(work.signal ? { signal: work.signal } : {}) },
      ),
    )
    await make(png)
  })
}

const onePng = ['-frames:v', '1', '-f', 'image2', '-c:v', 'png', '-update', '1']

const write = async (still: Still, output: string, { signal, onProgress }: Work): Promise<void> => {
  const { plan, path } = still
  // A remedy that changes something else must not make the picture worse.
  for (const [index, { quality, part }] of attempts.entries()) {
    signal?.throwIfAborted()
    if (plan.format === 'png' && quality !== 92 && part === 1) continue
    await withPixels(async () => {
      const image = await pipeline(still, plan.fit?.pad ? 1 : part)
      if (plan.format === 'png') await image.png({ compressionLevel: 7 }).toFile(output)
      else
        await image
          .jpeg({ quality, chromaSubsampling: quality > 90 ? '4:4:4' : '4:2:0' })
          .toFile(output)
    }, signal)
    signal?.throwIfAborted()
    onProgress?.((index + 1) / attempts.length)
    if ((await stat(output)).size <= plan.maxBytes) return
  }
  throw mediaError(
    'too-large',
    { name: basename(path), max: plan.maxBytes / 1_000_000 },
    'still too large',
  )
}

const asMediaError = (error: unknown, name: string, signal: AbortSignal | undefined): unknown => {
  if (signal?.aborted) return signal.reason
  if (!(error instanceof Error) || error.name === 'MediaError' || error.name === 'AbortError')
    return error
  return mediaError(
    'failed',
    { name, reason: error.message.split('\n')[0] ?? '' },
    error.message,
    error,
  )
}

/** The name that was asked for decides, so that content and extension never disagree. */
const formatFor = (output: string, planned: 'jpeg' | 'png'): 'jpeg' | 'png' => {
  const extension = extname(output).toLowerCase()
  if (extension === '.png') return 'png'
  return extension === '.jpg' || extension === '.jpeg' ? 'jpeg' : planned
}

/** Makes the still that the remedies come to. sharp has no command: `command` says the same in ImageMagick's words. */
export const prepareImage = async (
  preparation: Preparation,
  output: string,
  tools: ToolPaths,
  work: Work = {},
): Promise<Prepared> => {
  const { path, facts, background } = preparation
  const name = basename(path)
  if (facts.kind !== 'image' || !facts.decodes)
    throw mediaError('not-possible', { name }, 'does not decode')
  const planned = planImage(facts, preparation)
  const chosen =
    planned.how === 'encode' ? planned : planImage(facts, { ...preparation, remedies: ['convert'] })
  if (chosen.how !== 'encode') throw mediaError('not-possible', { name }, 'nothing to do')
  const plan = { ...chosen, format: formatFor(output, chosen.format) }
  try {
    await withReadable(path, facts, output, tools, work, (readable) =>
      throughTemporary(output, (temporary) =>
        write({ path: readable, facts, plan, background }, temporary, work),
      ),
    )
  } catch (error) {
    throw asMediaError(error, name, work.signal)
  }
  return { path: output, command: magickCommand({ path, plan, background, output }) }
}
