import { createRequire } from 'node:module'
import PQueue from 'p-queue'
import type Sharp from 'sharp'
import type { Metadata, SharpOptions } from 'sharp'
import type { DiskTurn } from '../../files/disk'
import { asInput } from '../../tools/run-ffmpeg'
import { runTool } from '../../tools/run-tool'
import { hasSampleBelowFull } from './png'

/** Phones make photos of 200 megapixels. A larger picture is more likely a decompression bomb. */
export const maxPixels = 250_000_000
/** Above this size the alpha channel is not examined: the picture counts as transparent. */
const maxAlphaPixels = 100_000_000

const load = createRequire(import.meta.url)

let loaded: typeof Sharp | null = null

/** sharp, loaded at the first call: that takes a tenth of a second, which would delay the window and the check of clips. */
export const loadSharp = (): typeof Sharp => {
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

/** One picture at a time: decoded pictures are large, and sharp uses all cores for one. */
const decoding = new PQueue({ concurrency: 1 })

/** Runs work that holds decoded pixels when no other such work is running. */
export const withPixels = <T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> =>
  decoding.add(work, signal ? { signal } : {})

/** Decodes every byte although few pixels are computed: finds missing data with little memory. */
const decodeAll = (image: ReturnType<typeof openImage>, frames = 1) =>
  image
    .resize(16, 16 * frames, { fit: 'fill' })
    .raw()
    .toBuffer()

/** The alpha channel is always the last one. */
const alphaChannel = ({ channels }: Metadata) => (channels === 2 ? 1 : 3)

/**
 * Whether any pixel is not opaque. Raw pixels from sharp's WebAssembly build stay in its memory until the garbage
 * collector runs, which it does too late: 60 photos took 700 MB. The alpha channel is therefore passed on as a small
 * PNG.
 */
const alphaIsTransparent = async (
  path: string,
  metadata: Metadata,
  seconds: number,
): Promise<boolean> => {
  const alpha = openImage(path).timeout({ seconds }).extractChannel(alphaChannel(metadata))
  if (metadata.width * metadata.height > maxAlphaPixels) {
    await decodeAll(alpha)
    return true
  }
  const packed = await alpha.png({ compressionLevel: 1, adaptiveFiltering: false }).toBuffer()
  return hasSampleBelowFull(packed)
}

/** Rejects if a frame after the first is damaged. Skips animations that are too large to decode. */
const decodeLaterFrames = async (path: string, metadata: Metadata, seconds: number) => {
  const { pages = 1, width, pageHeight = metadata.height, format } = metadata
  if (pages < 2 || format === 'heif' || pages * width * pageHeight > maxPixels) return
  await decodeAll(openImage(path, { animated: true }).timeout({ seconds }), pages)
}

/** What ffmpeg writes about valid bitmaps: the end marker is left over. */
const harmless = /^\s*$|bytes left over/

/** What sharp and ffmpeg can tell about a still, working at most `seconds` (a whole number) on each answer. */
export const createDecoder = (
  ffmpeg: () => string,
  seconds: number,
  { signal, turn }: { signal: AbortSignal; turn: DiskTurn },
) => ({
  /** Null if the header is invalid. */
  metadata: async (path: string): Promise<Metadata | null> => {
    try {
      return await turn(() => openImage(path, { failOn: 'none' }).metadata())
    } catch {
      // The finding `readable` tells the user; sharp's message would not help.
      return null
    }
  },
  /** Decodes the whole picture; null if that fails. */
  decode: (path: string, metadata: Metadata): Promise<{ transparent: boolean } | null> => {
    const work = async () => {
      try {
        const transparent = metadata.hasAlpha && (await alphaIsTransparent(path, metadata, seconds))
        if (!metadata.hasAlpha) await decodeAll(openImage(path).timeout({ seconds }))
        await decodeLaterFrames(path, metadata, seconds)
        return { transparent }
      } catch {
        // An image that does not decode is a fact, not an error.
        return null
      }
    }
    return withPixels(() => turn(work), signal)
  },
  bmpDecodes: async (path: string): Promise<boolean> => {
    const args = [
      ...['-v', 'error', '-nostdin', '-xerror'],
      ...['-f', 'bmp_pipe', '-i', asInput(path), '-f', 'null', '-'],
    ]
    const run = await runTool(ffmpeg(), args, { timeout: seconds * 1000, signal })
    const complaints = run.stderr.split('\n').filter((line) => !harmless.test(line))
    return run.code === 0 && complaints.length === 0
  },
})

export type Decoder = ReturnType<typeof createDecoder>
