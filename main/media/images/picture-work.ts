import { createRequire } from 'node:module'
import type Sharp from 'sharp'
import type { Metadata, Sharp as Picture, SharpOptions } from 'sharp'
import type { ImageFacts } from '../../../preload/contract'
import type { Fit, ImageEncodePlan, Size } from '../../preflight'
import { colourSpaceOf } from './colour-profile'
import { maxFrames, maxPixels } from './picture-limits'
import { hasSampleBelowFull } from './png'

/*
 * Everything that sharp does. It runs in a process of its own (pictures.ts), because a hostile picture may take for
 * ever or all memory. It imports no schemas and no rules, so that the process starts quickly.
 */

/** Above this size the alpha channel is not examined: the picture counts as transparent. */
const maxAlphaPixels = 100_000_000

const load = createRequire(import.meta.url)

let loaded: typeof Sharp | null = null

const loadSharp = (): typeof Sharp => {
  if (loaded === null) {
    loaded = load('sharp') as typeof Sharp
    // No file is read twice, so a cache would only hold memory.
    loaded.cache(false)
  }
  return loaded
}

const options: SharpOptions = {
  limitInputPixels: maxPixels,
  failOn: 'error',
  sequentialRead: true,
}

/** Opens a still with a limit of pixels. Warnings are ignored; missing data is an error. */
export const openImage = (path: string | Buffer, more: SharpOptions = {}) =>
  loadSharp()(path, { ...options, ...more })

/** What sharp is asked to do. */
export type PictureJob =
  | { do: 'examine'; path: string }
  /** Writes a JPEG whose sides are at most `side` pixels. */
  | { do: 'poster'; path: string; output: string; side: number }
  | ({ do: 'encode'; output: string; quality: number; factor: number } & Still)

export interface Still {
  path: string
  facts: ImageFacts
  plan: ImageEncodePlan
  background: string
}

/** The value of an `examine`; null for a header that is not valid. The other jobs give null. */
export interface Examined {
  width: number
  height: number
  orientation: number
  frames: number
  alpha: boolean
  colourSpace: string | null
  /** Null if it does not decode to its end. */
  decoded: { transparent: boolean } | null
}

/** Does one job. Rejects with the words of sharp. */
export const doPicture = async (job: PictureJob): Promise<Examined | null> => {
  if (job.do === 'examine') return await examine(job.path)
  if (job.do === 'poster') await poster(job)
  else await encode(job)
  return null
}

const examine = async (path: string): Promise<Examined | null> => {
  const metadata = await openImage(path, { failOn: 'none' })
    .metadata()
    // The finding `readable` tells the person; sharp's message would not help.
    .catch(() => null)
  if (!metadata) return null
  const { width, pageHeight: height = metadata.height, orientation = 1, hasAlpha } = metadata
  return {
    width,
    height,
    orientation,
    frames: metadata.pages ?? 1,
    alpha: hasAlpha ?? false,
    colourSpace: colourSpaceOf(metadata.space, metadata.icc),
    // An image that does not decode is a fact, not an error.
    decoded: await decode(path, metadata).catch(() => null),
  }
}

/** Decodes the whole picture. */
const decode = async (path: string, metadata: Metadata): Promise<{ transparent: boolean }> => {
  const transparent = metadata.hasAlpha && (await alphaIsTransparent(path, metadata))
  if (!metadata.hasAlpha) await decodeAll(openImage(path))
  await decodeLaterFrames(path, metadata)
  return { transparent }
}

/** Decodes every byte although few pixels are computed: finds missing data with little memory. */
const decodeAll = (image: Picture, frames = 1) =>
  image
    .resize(16, 16 * frames, { fit: 'fill' })
    .raw()
    .toBuffer()

/** The alpha channel is always the last one. */
const alphaChannel = ({ channels }: Metadata) => (channels === 2 ? 1 : 3)

/** Whether any pixel is not opaque. The alpha channel is passed on as a small PNG: raw pixels take more memory. */
const alphaIsTransparent = async (path: string, metadata: Metadata): Promise<boolean> => {
  const alpha = openImage(path).extractChannel(alphaChannel(metadata))
  if (metadata.width * metadata.height > maxAlphaPixels) {
    await decodeAll(alpha)
    return true
  }
  const packed = await alpha.png({ compressionLevel: 1, adaptiveFiltering: false }).toBuffer()
  return hasSampleBelowFull(packed)
}

/** Rejects if a frame after the first is damaged. Skips animations that are too large to decode. */
const decodeLaterFrames = async (path: string, metadata: Metadata) => {
  const { pages = 1, width, pageHeight = metadata.height, format } = metadata
  if (pages < 2 || format === 'heif') return
  if (pages > maxFrames || pages * width * pageHeight > maxPixels) return
  await decodeAll(openImage(path, { animated: true }), pages)
}

const poster = async ({ path, output, side }: Extract<PictureJob, { do: 'poster' }>) =>
  openImage(path, { failOn: 'none', pages: 1 })
    .autoOrient()
    .resize(side, side, { fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .jpeg({ quality: 80 })
    .toFile(output)

/** The picture without its padding: cropped, scaled and flattened. */
const picture = ({ path, facts, plan, background }: Still, factor: number): Picture => {
  let image = openImage(path, { failOn: 'truncated', pages: 1 }).autoOrient()
  const { fit } = plan
  if (fit?.crop) {
    const { x: left, y: top, width, height } = fit.crop
    image = image.extract({ left, top, width, height })
  }
  if (fit?.scale || factor < 1)
    image = image.resize({ ...frontSize(facts, fit, factor), fit: 'fill' })
  // The fourth byte of an opaque bitmap may have any value, so it must not be used for flattening.
  if (!facts.transparent) return image.removeAlpha()
  return plan.flatten || plan.format === 'jpeg' ? image.flatten({ background }) : image
}

/** Rounded up, because that never takes an allowed ratio over its bound. */
const times = ({ width, height }: Size, factor: number): Size => ({
  width: Math.ceil(width * factor),
  height: Math.ceil(height * factor),
})

const frontSize = (facts: ImageFacts, fit: Fit | null, factor: number): Size => {
  const { width, height } = fit?.scale ?? fit?.crop ?? facts
  return times({ width: width ?? 1, height: height ?? 1 }, factor)
}

/** The picture is blurred at this fraction of its size: that is cheap and looks the same. */
const blurStep = 16

/** Puts the picture on an enlarged, blurred copy of itself. */
const onBlur = async (front: Picture, pad: Size, place: { left: number; top: number }) => {
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

const pipeline = async (still: Still, factor: number): Promise<Picture> => {
  const { facts, plan, background } = still
  const { fit } = plan
  let image = picture(still, factor)
  if (fit?.pad) {
    const { width, height } = frontSize(facts, fit, factor)
    const pad = times(fit.pad, factor)
    const x = pad.width - width
    const y = pad.height - height
    const [left, top] = [Math.floor(x / 2), Math.floor(y / 2)]
    image = plan.blur
      ? await onBlur(image, pad, { left, top })
      : image.extend({ left, right: x - left, top, bottom: y - top, background })
    if (!facts.transparent) image = image.removeAlpha()
  }
  return image.toColourspace('srgb')
}

const encode = async (job: Extract<PictureJob, { do: 'encode' }>) => {
  const { plan, output, quality, factor } = job
  const image = await pipeline(job, factor)
  const encoded =
    plan.format === 'png'
      ? image.png({ compressionLevel: 7 })
      : image.jpeg({ quality, chromaSubsampling: quality > 90 ? '4:4:4' : '4:2:0' })
  await encoded.toFile(output)
}
