import PQueue from 'p-queue'
import type { Metadata, SharpOptions } from 'sharp'
import type { DiskTurn } from '../../files/disk-turns'
import { runTool } from '../../tools/run-tool'
import { asInput } from '../clips/probe'
import { hasSampleBelowFull } from './opaque-scan'
import { sharpWhenNeeded } from './sharp-when-needed'

/** Phones make photos of 200 megapixels; what is larger is more likely a bomb. */
export const mostPixels = 250_000_000
/** Of larger pictures the alpha channel is not looked at: it is taken as transparent. */
const mostAlphaPixels = 100_000_000

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
  sharpWhenNeeded()(path, { ...options, ...more })

/** Runs work that holds decoded pixels. */
export const withPixels = <T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> =>
  decoding.add(work, signal ? { signal } : {})

/** The place of the alpha channel: it is always the last. */
const alphaChannel = ({ channels }: Metadata) => (channels === 2 ? 1 : 3)

/**
 * Raw pixels that sharp's WebAssembly hands out stay in its memory until the garbage collector comes, which
 * sees no reason to: sixty photos took 700 MB. The alpha channel therefore comes packed, and small.
 */
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
  const packed = await alpha.png({ compressionLevel: 1, adaptiveFiltering: false }).toBuffer()
  return hasSampleBelowFull(packed)
}

/** Rejects where one of the frames after the first is damaged. More than are worth the time are not looked at. */
const decodeLaterFrames = async (path: string, about: Metadata, seconds: number): Promise<void> => {
  const { pages = 1, width, pageHeight = about.height } = about
  if (pages < 2 || about.format === 'heif' || pages * width * pageHeight > mostPixels) return
  const all = openImage(path, { animated: true }).timeout({ seconds })
  await all
    .resize(16, 16 * pages, { fit: 'fill' })
    .raw()
    .toBuffer()
}

/** What ffmpeg says of bitmaps that are whole: the mark of their end is left over. */
const harmless = /^\s*$|bytes left over/

/** A decoder whose every answer takes at most so many whole seconds of work. */
export const createDecoder = (
  ffmpeg: () => string,
  seconds: number,
  { signal, turn }: { signal: AbortSignal; turn: DiskTurn },
): Decoder => ({
  metadata: async (path) => {
    try {
      return await turn(() => openImage(path, { failOn: 'none' }).metadata())
    } catch {
      // The reason is a sentence for programmers; the finding `readable` says what matters.
      return null
    }
  },
  decode: (path, about) => {
    const work = async () => {
      try {
        if (about.hasAlpha) {
          const transparent = await alphaIsTransparent(path, about, seconds)
          await decodeLaterFrames(path, about, seconds)
          return { transparent }
        }
        // Every byte is entropy-decoded even where fewer pixels are computed: missing data is seen, memory stays small.
        await openImage(path).timeout({ seconds }).resize(16, 16, { fit: 'fill' }).raw().toBuffer()
        await decodeLaterFrames(path, about, seconds)
        return { transparent: false }
      } catch {
        // As above: an image that does not decode is a fact, not an error.
        return null
      }
    }
    return withPixels(() => turn(work), signal)
  },
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
    const complaints = run.stderr.split('\n').filter((line) => !harmless.test(line))
    return run.code === 0 && complaints.length === 0
  },
})
