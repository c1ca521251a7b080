const alphaPlaces = new Map([
  [0xff, 0],
  [0xff00, 1],
  [0xff0000, 2],
  [0xff000000, 3],
])

const usualMasks: Record<number, readonly string[]> = {
  16: ['f800,7e0,1f', '7c00,3e0,1f', 'f00,f0,f'],
  32: ['ff0000,ff00,ff', 'ff,ff00,ff0000', 'ff000000,ff0000,ff00', 'ff00,ff0000,ff000000'],
}

const masksIn = (head: Buffer): string =>
  [54, 58, 62].map((at) => (head.length >= at + 4 ? head.readUInt32LE(at).toString(16) : '')).join()

/** Length of a header that only old drafts of the format describe. */
export const oldHeaderBytes = 52

const compressionOf = (code: number): 'none' | 'rle' | 'bitfields' | 'other' => {
  if (code === 0) return 'none'
  if (code === 3 || code === 6) return 'bitfields'
  return code === 1 || code === 2 ? 'rle' : 'other'
}

/** Reads the first 128 bytes of a bitmap file; null if they are no valid header. Pixels, bytes. */
export const readBmpHeader = (head: Buffer) => {
  if (head.length < 26 || head.toString('latin1', 0, 2) !== 'BM') return null
  const dataAt = head.readUInt32LE(10)
  const headerSize = head.readUInt32LE(14)
  const old = headerSize === 12
  if (!old && (headerSize < 40 || head.length < 54)) return null
  const width = old ? head.readUInt16LE(18) : head.readInt32LE(18)
  const height = Math.abs(old ? head.readUInt16LE(20) : head.readInt32LE(22))
  const bits = head.readUInt16LE(old ? 24 : 28)
  const code = old ? 0 : head.readUInt32LE(30)
  const masked = (code === 3 || code === 6) && headerSize >= 56 && head.length >= 70
  return {
    width,
    height,
    bits,
    compression: compressionOf(code),
    /** Index of the alpha byte in each pixel of four bytes; null without alpha. */
    alphaByte: masked && bits === 32 ? (alphaPlaces.get(head.readUInt32LE(66)) ?? null) : null,
    /** Whether the colour masks are ones that decoders support. */
    usualMasks: usualMasks[bits]?.includes(masksIn(head)) ?? false,
    /** Whether decoders may refuse the header: it has a wrong file size, or a length that is hardly used. */
    odd: headerSize === oldHeaderBytes || head.readUInt32LE(2) < dataAt,
    /** Where the rows begin in the file. */
    dataAt,
    /** Length of a row. */
    rowBytes: Math.floor((Math.abs(width) * bits + 31) / 32) * 4,
  }
}

type BmpHeader = NonNullable<ReturnType<typeof readBmpHeader>>

/** Whether the sides and the depth are possible, and the file has all rows (unless they are packed). */
export const bmpIsWhole = (header: BmpHeader, fileBytes: number, maxPixels: number): boolean => {
  const { width, height, bits, compression, dataAt, rowBytes } = header
  if (width <= 0 || height <= 0 || width * height > maxPixels) return false
  if (![1, 4, 8, 16, 24, 32].includes(bits) || compression === 'other') return false
  if (compression === 'rle') return dataAt < fileBytes
  return dataAt + rowBytes * height <= fileBytes
}
