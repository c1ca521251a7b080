import type { ImageFacts } from '../../../preload/contract'
import type { FileReader } from '../../files/file-reader'
import { bmpIsWhole, readBmpHeader } from './bmp-header'
import { colourSpaceOf } from './colour-profile'
import { type Decoder, maxPixels } from './image-decoder'
import { pngFrames } from './png'

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

/** The size a RIFF file says it has must be there: animated frames are not all decoded. */
const riffIsWhole = (head: Buffer, size: number) =>
  head.length >= 12 && head.readUInt32LE(4) + 8 <= size + 1

const scanPiece = 1 << 20

/** Whether any pixel of an uncompressed bitmap with alpha is not opaque; reads it in pieces. */
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

const bmpFacts = async (
  reader: FileReader,
  path: string,
  decoder: Decoder,
): Promise<ImageFacts> => {
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
  // Packed rows end anywhere, and masks may name places that no decoder knows.
  const doubtful = compression === 'rle' || (compression === 'bitfields' && !header.usualMasks)
  if (doubtful && !(await decoder.bmpDecodes(path))) return known
  const transparent =
    alphaByte !== null && (await bmpTransparent(reader, dataAt, rowBytes * height, alphaByte))
  return { ...known, decodes: true, transparent }
}

const sharpFormats: readonly string[] = ['jpeg', 'png', 'webp', 'gif', 'tiff', 'avif']

const swaps = (orientation: number) => orientation >= 5 && orientation <= 8

const sharpFacts = async (
  format: string,
  reader: FileReader,
  path: string,
  decoder: Decoder,
): Promise<ImageFacts> => {
  const facts = unread(format, reader.size)
  const metadata = await decoder.metadata(path)
  if (!metadata) return facts
  const orientation = metadata.orientation ?? 1
  const stored = { width: metadata.width, height: metadata.pageHeight ?? metadata.height }
  const known: ImageFacts = {
    ...facts,
    width: swaps(orientation) ? stored.height : stored.width,
    height: swaps(orientation) ? stored.width : stored.height,
    orientation,
    frames: format === 'png' ? await pngFrames(reader) : (metadata.pages ?? 1),
    alpha: metadata.hasAlpha ?? false,
    colourSpace: colourSpaceOf(metadata.space, metadata.icc),
  }
  if (format === 'webp' && !riffIsWhole(await reader.read(0, 12), reader.size)) return known
  const decoded = await decoder.decode(path, metadata)
  return { ...known, decodes: decoded !== null, transparent: decoded?.transparent ?? false }
}

/** No picture is this large: what claims to be one is not even opened. Bytes. */
const largestFile = 1 << 30

/** What a still is. Formats that this app cannot decode are named and no more. */
export const imageFacts = async (
  format: string,
  reader: FileReader,
  path: string,
  decoder: Decoder,
): Promise<ImageFacts> => {
  if (reader.size > largestFile) return unread(format, reader.size)
  if (format === 'bmp') return bmpFacts(reader, path, decoder)
  if (sharpFormats.includes(format)) return sharpFacts(format, reader, path, decoder)
  return unread(format, reader.size)
}
