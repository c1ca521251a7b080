import PQueue from 'p-queue'
import sharp, { type Metadata, type SharpOptions } from 'sharp'
import { asInput } from './probe'
import { runTool } from './run-tool'

/** Phones make photos of 200 megapixels; what is larger is more likely a bomb. */
export const mostPixels = 250_000_000
/** Of larger pictures the alpha channel is not looked at: it is taken as transparent. */
const mostAlphaPixels = 100_000_000

// Nothing is read twice: a cache would only hold memory.
sharp.cache(false)

/** Decoded pictures are large, and sharp uses every core for one: one at a time keeps memory flat. */
const decoding = new PQueue({ concurrency: 1 })

/** What sharp and ffmpeg can tell of a still. */
export interface Decoder {
  /** Null where the header makes no sense. */
  metadata: (path: string) => Promise<Metadata | null>
  /** Decodes all of it; null where that fails. */
  decode: (path: string, about: Metadata) => Promise<{ transparent: boolean } | null>
  bmpDecodes: (path: string) => Promise<boolean>
}

const options: SharpOptions = {
  limitInputPixels: mostPixels,
  failOn: 'error',
  sequentialRead: true,
}

/** Opens a still as everything here does: bounded, tolerant of warnings, strict about missing data. */
export const openImage = (path: string | Buffer, more: SharpOptions = {}) =>
  sharp(path, { ...options, ...more })

/** Runs work that holds decoded pixels. */
export const withPixels = <T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> =>
  decoding.add(work, signal ? { signal } : {})

const anyBelow255 = (alpha: Buffer): boolean => {
  const words = alpha.length >> 2
  const view =
    alpha.byteOffset % 4 === 0 ? new Uint32Array(alpha.buffer, alpha.byteOffset, words) : null
  if (!view) return alpha.some((value) => value !== 255)
  for (let word = 0; word < words; word++) if (view[word] !== 0xffffffff) return true
  return alpha.subarray(words << 2).some((value) => value !== 255)
}

/** The place of the alpha channel: it is always the last. */
const alphaChannel = ({ channels }: Metadata) => (channels === 2 ? 1 : 3)

/** Gives pixels back at once: waiting for the garbage collector, sixty photos pile up to half a gigabyte. */
const scanned = (pixels: Buffer): boolean => {
  const found = anyBelow255(pixels)
  const whole = pixels.byteOffset === 0 && pixels.byteLength === pixels.buffer.byteLength
  if (whole && pixels.buffer instanceof ArrayBuffer) pixels.buffer.transfer(0)
  return found
}

const alphaIsTransparent = async (
  path: string,
  about: Metadata,
  seconds: number,
): Promise<boolean> => {
  const alpha = openImage(path).timeout({ seconds }).extractChannel(alphaChannel(about))
  if (about.width * about.height > mostAlphaPixels) {
    await alpha.resize(16, 16, { fit: 'fill' }).raw().toBuffer()
    return true
  }
  // Sixteen bits must be brought down to eight, which takes longer: a plain cast would not tell 255 from 65535.
  const deep = about.depth !== 'uchar'
  return scanned(await (deep ? alpha.toColourspace('b-w') : alpha).raw().toBuffer())
}

/** A decoder whose every answer takes at most so many seconds of work. */
export const createDecoder = (
  ffmpeg: () => string,
  seconds: number,
  signal?: AbortSignal,
): Decoder => ({
  metadata: async (path) => {
    try {
      return await openImage(path, { failOn: 'none' }).metadata()
    } catch {
      // The reason is a sentence for programmers; the finding `readable` says what matters.
      return null
    }
  },
  decode: (path, about) =>
    withPixels(async () => {
      try {
        if (about.hasAlpha) return { transparent: await alphaIsTransparent(path, about, seconds) }
        // Every byte is entropy-decoded even where fewer pixels are computed: missing data is seen, memory stays small.
        await openImage(path).timeout({ seconds }).resize(16, 16, { fit: 'fill' }).raw().toBuffer()
        return { transparent: false }
      } catch {
        // As above: an image that does not decode is a fact, not an error.
        return null
      }
    }, signal),
  bmpDecodes: async (path) => {
    const args = [
      '-v',
      'error',
      '-nostdin',
      '-xerror',
      '-f',
      'bmp_pipe',
      '-i',
      asInput(path),
      '-f',
      'null',
      '-',
    ]
    const run = await runTool(ffmpeg(), args, { timeout: seconds * 1000, signal })
    return run.code === 0 && run.stderr.trim() === ''
  },
})
