import { stat } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import type { Sharp } from 'sharp'
import type { ImageFacts } from '../../preload/contract'
import { type ImageEncodePlan, planImage } from '../preflight'
import { commandLine } from './command-line'
import { openImage, withPixels } from './image-decoder'
import { mediaError } from './media-texts'
import type { Preparation, Prepared, ToolPaths, Work } from './media-tools'
import { asInput } from './probe'
import { runFfmpeg } from './run-ffmpeg'
import { throughTemporary } from './temporary-file'

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

const pipeline = ({ path, facts, plan, background }: Still, part: number): Sharp => {
  let image = openImage(path, { failOn: 'truncated', pages: 1 })
    .timeout({ seconds: 120 })
    .autoOrient()
  const { fit } = plan
  if (fit?.crop) {
    const width = Math.floor(fit.crop.width)
    const height = Math.floor(fit.crop.height)
    const left = Math.floor(((facts.width ?? width) - width) / 2)
    const top = Math.floor(((facts.height ?? height) - height) / 2)
    image = image.extract({ left, top, width, height })
  }
  const scaled = fit?.scale ?? fit?.crop ?? null
  const width = scaled?.width ?? facts.width ?? 1
  const height = scaled?.height ?? facts.height ?? 1
  if (fit?.scale || part < 1) {
    image = image.resize(Math.round(width * part), Math.round(height * part), { fit: 'fill' })
  }
  if (plan.flatten || plan.format === 'jpeg') image = image.flatten({ background })
  if (fit?.pad) {
    const x = fit.pad.width - width
    const y = fit.pad.height - height
    const [left, top] = [Math.floor(x / 2), Math.floor(y / 2)]
    image = image.extend({ left, right: x - left, top, bottom: y - top, background })
  }
  if (!facts.transparent) image = image.removeAlpha()
  return image.toColourspace('srgb')
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
  const args = [
    '-f',
    'bmp_pipe',
    '-i',
    asInput(path),
    '-frames:v',
    '1',
    '-f',
    'image2',
    '-c:v',
    'png',
    '-update',
    '1',
  ]
  await throughTemporary(`${output}.png`, async (png) => {
    await runFfmpeg(
      tools.ffmpeg(),
      { args, output: png, seconds: null, name: basename(path), timeout: 60_000 },
      { ...(work.signal ? { signal: work.signal } : {}) },
    )
    await make(png)
  })
}

const write = async (still: Still, output: string, { signal, onProgress }: Work): Promise<void> => {
  const { plan, path } = still
  // A remedy that changes something else must not make the picture worse.
  for (const [index, { quality, part }] of attempts.entries()) {
    signal?.throwIfAborted()
    if (plan.format === 'png' && quality !== 92 && part === 1) continue
    const image = pipeline(still, plan.fit?.pad ? 1 : part)
    await withPixels(async () => {
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

const described = ({ path, plan }: Still, output: string): string => {
  const steps = [
    ...(plan.fit?.crop ? ['-crop', `${plan.fit.crop.width}x${plan.fit.crop.height}+0+0`] : []),
    ...(plan.fit?.scale ? ['-resize', `${plan.fit.scale.width}x${plan.fit.scale.height}!`] : []),
    ...(plan.fit?.pad ? ['-extent', `${plan.fit.pad.width}x${plan.fit.pad.height}`] : []),
    ...(plan.flatten ? ['-flatten'] : []),
  ]
  return commandLine('magick', [
    `${path}[0]`,
    '-auto-orient',
    '-gravity',
    'center',
    ...steps,
    output,
  ])
}

/** The name that was asked for decides, so that content and extension never disagree. */
const formatFor = (output: string, planned: 'jpeg' | 'png'): 'jpeg' | 'png' => {
  const extension = extname(output).toLowerCase()
  if (extension === '.png') return 'png'
  return extension === '.jpg' || extension === '.jpeg' ? 'jpeg' : planned
}

/** Makes the still that the remedies come to. `command` says the same in ImageMagick's words. */
export const prepareImage = async (
  { path, facts, remedies, background }: Preparation,
  output: string,
  tools: ToolPaths,
  work: Work = {},
): Promise<Prepared> => {
  const name = basename(path)
  if (facts.kind !== 'image' || !facts.decodes)
    throw mediaError('not-possible', { name }, 'does not decode')
  const planned = planImage(facts, remedies)
  const chosen = planned.how === 'encode' ? planned : planImage(facts, ['convert'])
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
  return { path: output, command: described({ path, facts, plan, background }, output) }
}
