import { createInflate } from 'node:zlib'

const samplesOf: Record<number, number> = { 0: 1, 2: 3, 4: 2, 6: 4 }

/** Bytes of a row without its filter byte; 0 where the header makes no sense. */
const rowBytesOf = (png: Buffer): number => {
  const depth = png.readUInt8(24)
  const samples = samplesOf[png.readUInt8(25)] ?? 0
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
 * Unpacks piece by piece, off the main thread, and stops at the first find.
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
