import { createInflate } from 'node:zlib'
import type { FileReader } from '../../files/file-reader'

/** Number of frames of a PNG; 1 without an animation control chunk. Reads only the chunk headers before the data. */
export const pngFrames = async (reader: FileReader): Promise<number> => {
  for (let at = 8, count = 0; count < 1000 && at + 12 <= reader.size; count++) {
    const header = await reader.read(at, 12)
    if (header.length < 12) return 1
    const type = header.toString('latin1', 4, 8)
    if (type === 'acTL') return Math.max(1, header.readUInt32BE(8))
    if (type === 'IDAT') return 1
    at += 12 + header.readUInt32BE(0)
  }
  return 1
}

const samplesPerPixel: Record<number, number> = { 0: 1, 2: 3, 4: 2, 6: 4 }

/** Bytes of a row without its filter byte; 0 if the header is invalid. */
const rowBytesOf = (png: Buffer): number => {
  const depth = png.readUInt8(24)
  const samples = samplesPerPixel[png.readUInt8(25)] ?? 0
  return Math.ceil((png.readUInt32BE(16) * depth * samples) / 8)
}

function* dataChunks(png: Buffer): Generator<Buffer> {
  for (let at = 8; at + 12 <= png.length; ) {
    const length = png.readUInt32BE(at)
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT')
      yield png.subarray(at + 8, at + 8 + length)
    at += 12 + length
  }
}

/**
 * Whether any sample of a PNG that was written without filters is below its highest value.
 *
 * Decompresses in pieces, off the main thread, and stops at the first such sample.
 */
export const hasSampleBelowFull = async (png: Buffer): Promise<boolean> => {
  const rowBytes = rowBytesOf(png)
  const inflate = createInflate()
  for (const chunk of dataChunks(png)) inflate.write(chunk)
  inflate.end()
  let column = 0
  for await (const piece of inflate as AsyncIterable<Buffer>) {
    for (let at = 0; at < piece.length; ) {
      if (column === 0) {
        at += 1
        column = 1
        continue
      }
      const until = Math.min(piece.length, at + rowBytes + 1 - column)
      for (let byte = at; byte < until; byte++) if (piece[byte] !== 255) return true
      column = (column + until - at) % (rowBytes + 1)
      at = until
    }
  }
  return false
}
