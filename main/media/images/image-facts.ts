import type { ImageFacts } from '../../../preload/contract'
import type { FileReader } from '../../files/file-reader'
import { decodableFormats } from '../../preflight'
import { bmpIsWhole, readBmpHeader } from './bmp-header'
import type { Decoder } from './image-decoder'
import { maxFrames, maxPixels } from './picture-limits'
import { pngFrames } from './png'
import { webpFrames } from './webp'

interface Still {
  format: string
  reader: FileReader
  path: string
  decoder: Decoder
}

const unread = (format: string, bytes: number): ImageFacts => ({
  kind: 'image',
  format,
  width: null,
  height: null,
  orientation: 1,
  frames: 1,
  alpha: false,
  transparent: false,
  colourSpace: null,
  bytes,
  decodes: false,
})

/** Whether a RIFF file has the bytes that it declares. Not all animated frames are decoded, so this is checked. */
const riffIsWhole = (head: Buffer, size: number) =>
  head.length >= 12 && head.readUInt32LE(4) + 8 <= size + 1

const scanPiece = 1 << 20

/** Whether any pixel of an uncompressed bitmap with alpha is not opaque. Reads the file in pieces. */
const bmpTransparent = async (
  reader: FileReader,
  at: number,
  length: number,
  alphaByte: number,
) => {
  for (let from = 0; from < length; from += scanPiece) {
    const piece = await reader.read(at + from, Math.min(scanPiece, length - from))
    for (let byte = alphaByte; byte < piece.length; byte += 4) if (piece[byte] !== 255) return true
  }
  return false
}

const bmpFacts = async ({ reader, path, decoder }: Still): Promise<ImageFacts> => {
  const facts = unread('bmp', reader.size)
  const header = readBmpHeader(Buffer.from(await reader.read(0, 128)))
  if (!header) return facts
  const { width, height, alphaByte, dataAt, rowBytes, compression } = header
  const known: ImageFacts = {
    ...facts,
    width: width || null,
    height: height || null,
    alpha: alphaByte !== null,
    colourSpace: 'srgb',
  }
  if (!bmpIsWhole(header, reader.size, maxPixels)) return known
  // The length of packed rows is unknown, and decoders support only some masks.
  const doubtful = compression === 'rle' || (compression === 'bitfields' && !header.usualMasks)
  if (doubtful && !(await decoder.bmpDecodes(path))) return known
  const transparent =
    alphaByte !== null && (await bmpTransparent(reader, dataAt, rowBytes * height, alphaByte))
  return { ...known, decodes: true, transparent }
}

/** Frames that the file says it has, found without decoding anything; null for a format that is not asked. */
const framesOf = async (format: string, reader: FileReader): Promise<number | null> => {
  if (format === 'png') return await pngFrames(reader)
  return format === 'webp' ? await webpFrames(reader, maxFrames + 1) : null
}

const sharpFacts = async ({ format, reader, path, decoder }: Still): Promise<ImageFacts> => {
  const facts = unread(format, reader.size)
  const frames = await framesOf(format, reader)
  // Even reading the header of so many takes minutes.
  if (frames !== null && frames > maxFrames) return { ...facts, frames }
  const found = await decoder.examine(path)
  if (!found) return facts
  const { width, height, orientation, alpha, colourSpace, decoded } = found
  const isTurned = orientation >= 5 && orientation <= 8
  const known: ImageFacts = {
    ...facts,
    width: isTurned ? height : width,
    height: isTurned ? width : height,
    orientation,
    frames: format === 'png' ? (frames ?? 1) : found.frames,
    alpha,
    colourSpace,
  }
  if (format === 'webp' && !riffIsWhole(await reader.read(0, 12), reader.size)) return known
  return { ...known, decodes: decoded !== null, transparent: decoded?.transparent ?? false }
}

/** Bytes. No picture is larger; such a file is not opened. */
const largestFile = 1 << 30

/** The facts of a still. Of formats that the app cannot decode only the name and the size are known. */
export const imageFacts = async (still: Still): Promise<ImageFacts> => {
  const { format, reader } = still
  if (reader.size > largestFile) return unread(format, reader.size)
  if (format === 'bmp') return bmpFacts(still)
  if (decodableFormats.includes(format)) return sharpFacts(still)
  return unread(format, reader.size)
}
