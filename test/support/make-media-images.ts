import { rename, stat, truncate, writeFile } from 'node:fs/promises'
import sharp, { type Sharp } from 'sharp'
import { cachedFile, ffmpeg } from './make-media'

/** An image to be made by sharp. Everything has a default: `makeImage()` passes preflight. */
export interface ImageShape {
  format?: 'jpeg' | 'png' | 'webp' | 'gif' | 'tiff' | 'avif' | 'bmp'
  /** Stored pixels. Default 400 × 300. */
  width?: number
  height?: number
  /** 'channel': an opaque alpha channel. 'one-pixel': one transparent pixel. Default none. */
  alpha?: 'none' | 'channel' | 'one-pixel' | 'half'
  /** EXIF orientation 1..8. */
  orientation?: number
  cmyk?: boolean
  /** Greyscale. */
  grey?: boolean
  /** Frames of an animated WEBP or GIF. */
  frames?: number
  /** PNG with a palette. */
  palette?: boolean
  /** Random pixels, which hardly compress. */
  noise?: boolean
  quality?: number
  /** Keeps only this part of the bytes (0..1). */
  keep?: number
  /** File name; default is 'image' with the format's extension. */
  name?: string
}

const pixelsOf = (shape: ImageShape, width: number, height: number): Buffer => {
  const channels = shape.alpha && shape.alpha !== 'none' ? 4 : 3
  const data = Buffer.alloc(width * height * channels)
  let seed = 1
  for (let pixel = 0; pixel < width * height; pixel++) {
    const x = pixel % width
    const y = Math.floor(pixel / width)
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) | 0
    const at = pixel * channels
    data[at] = shape.noise ? seed >> 16 : (x * 255) / width
    data[at + 1] = shape.noise ? seed >> 8 : (y * 255) / height
    data[at + 2] = shape.noise ? seed >> 4 : 128
    if (channels === 4) data[at + 3] = shape.alpha === 'half' && x < width / 2 ? 128 : 255
  }
  if (shape.alpha === 'one-pixel') data[data.length - 1] = 0
  return data
}

const encoded = (image: Sharp, shape: ImageShape): Sharp => {
  const quality = shape.quality ?? 80
  switch (shape.format ?? 'jpeg') {
    case 'jpeg':
    case 'bmp':
      return image.jpeg({ quality })
    case 'png':
      return image.png({ palette: shape.palette ?? false, compressionLevel: 1 })
    case 'webp':
      return image.webp({ quality, effort: 0 })
    case 'gif':
      return image.gif({ effort: 1 })
    case 'tiff':
      return image.tiff()
    case 'avif':
      return image.avif({ quality, effort: 0 })
  }
}

const write = async (shape: ImageShape, path: string) => {
  const frames = shape.frames ?? 1
  const width = shape.width ?? 400
  const height = shape.height ?? 300
  const channels = shape.alpha && shape.alpha !== 'none' ? 4 : 3
  const raw = {
    width,
    height: height * frames,
    channels,
    ...(frames > 1 ? { pageHeight: height } : {}),
  } as const
  let image = sharp(pixelsOf(shape, width, height * frames), { raw, limitInputPixels: false })
  if (shape.cmyk) image = image.toColourspace('cmyk')
  if (shape.grey) image = image.toColourspace('b-w')
  if (shape.orientation) image = image.withMetadata({ orientation: shape.orientation })
  if (shape.format !== 'bmp')
    return void (await writeFile(path, await encoded(image, shape).toBuffer()))
  const png = `${path}.png`
  await writeFile(png, await image.png().toBuffer())
  return ffmpeg('-i', png, '-pix_fmt', channels === 4 ? 'bgra' : 'bgr24', path)
}

/** Makes an image and gives its path. Equal shapes share a file. */
export const makeImage = async (shape: ImageShape = {}): Promise<string> => {
  const extension = { jpeg: '.jpg' }[shape.format as 'jpeg'] ?? `.${shape.format ?? 'jpg'}`
  return cachedFile({ image: 3, shape }, shape.name ?? `image${extension}`, async (path) => {
    const made = shape.format === 'bmp' && !path.endsWith('.bmp') ? `${path}.bmp` : path
    await write(shape, made)
    if (shape.keep !== undefined)
      await truncate(made, Math.floor((await stat(made)).size * shape.keep))
    if (made !== path) await rename(made, path)
  })
}
