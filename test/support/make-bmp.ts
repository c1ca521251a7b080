/** A bitmap of four quarters: red, green above; blue, white below (1 bit: red above, white below). */
export interface BmpShape {
  width?: number
  height?: number
  bits: 1 | 4 | 8 | 16 | 24 | 32
  /** Bytes of the header: 12 and 64 are OS/2's. Default 40. */
  header?: 12 | 40 | 52 | 56 | 64 | 108 | 124
  compression?: 'none' | 'rle4' | 'rle8' | 'bitfields'
  topDown?: boolean
  /** Masks of red, green, blue and alpha for 'bitfields'. */
  masks?: readonly [number, number, number, number]
  /** 0..255. */
  alpha?: number
  /** A wrong size for the file header. */
  claimsSize?: number
}

const codes = { none: 0, rle8: 1, rle4: 2, bitfields: 3 }
const colours = [
  [255, 0, 0],
  [0, 255, 0],
  [0, 0, 255],
  [255, 255, 255],
] as const

/** Index of the colour at a place. */
const quarter = (shape: BmpShape, x: number, y: number, width: number, height: number): number => {
  const below = y >= height / 2
  if (shape.bits === 1) return below ? 1 : 0
  return (below ? 2 : 0) + (x >= width / 2 ? 1 : 0)
}

const placed = (value: number, mask: number): number => {
  if (mask === 0) return 0
  const shift = 31 - Math.clz32(mask & -mask)
  const most = mask >>> shift
  return (Math.round((value / 255) * most) << shift) >>> 0
}

const defaultMasks = {
  16: [0x7c00, 0x3e0, 0x1f, 0],
  32: [0xff0000, 0xff00, 0xff, 0],
} as const

const pixelOf = (shape: BmpShape, colour: number): number => {
  const [red, green, blue] = colours[colour] ?? colours[0]
  if (shape.bits === 24) return (red << 16) | (green << 8) | blue
  const [r, g, b, a] = shape.masks ?? defaultMasks[shape.bits === 16 ? 16 : 32]
  return (placed(red, r) | placed(green, g) | placed(blue, b) | placed(shape.alpha ?? 255, a)) >>> 0
}

const plainRow = (shape: BmpShape, pixels: readonly number[]): Buffer => {
  const { bits } = shape
  const row = Buffer.alloc(Math.floor((pixels.length * bits + 31) / 32) * 4)
  pixels.forEach((colour, x) => {
    if (bits >= 16) row.writeUIntLE(pixelOf(shape, colour), (x * bits) / 8, bits / 8)
    else {
      const at = Math.floor((x * bits) / 8)
      row[at] = (row[at] ?? 0) | (colour << (8 - bits - ((x * bits) % 8)))
    }
  })
  return row
}

const packedRow = (shape: BmpShape, pixels: readonly number[]): Buffer => {
  const bytes: number[] = []
  for (let x = 0; x < pixels.length; ) {
    const colour = pixels[x] ?? 0
    let run = 1
    while (run < 254 && pixels[x + run] === colour) run += 1
    bytes.push(run, shape.compression === 'rle4' ? (colour << 4) | colour : colour)
    x += run
  }
  return Buffer.from([...bytes, 0, 0])
}

const paletteOf = (shape: BmpShape, old: boolean): Buffer => {
  if (shape.bits > 8) return Buffer.alloc(0)
  const used = shape.bits === 1 ? [colours[0], colours[3]] : colours
  const each = old ? 3 : 4
  const palette = Buffer.alloc(2 ** shape.bits * each)
  used.forEach(([red, green, blue], at) => {
    palette.set([blue, green, red], at * each)
  })
  return palette
}

const headerOf = (shape: BmpShape, size: number, dataBytes: number): Buffer => {
  const { width = 300, height = 260 } = shape
  const header = Buffer.alloc(size)
  header.writeUInt32LE(size, 0)
  if (size === 12) {
    header.writeUInt16LE(width, 4)
    header.writeUInt16LE(height, 6)
    header.writeUInt16LE(1, 8)
    header.writeUInt16LE(shape.bits, 10)
    return header
  }
  header.writeInt32LE(width, 4)
  header.writeInt32LE(shape.topDown ? -height : height, 8)
  header.writeUInt16LE(1, 12)
  header.writeUInt16LE(shape.bits, 14)
  header.writeUInt32LE(codes[shape.compression ?? 'none'], 16)
  header.writeUInt32LE(dataBytes, 20)
  return header
}

/** Makes the bytes of a bitmap of any kind. Default 300 × 260. */
export const bmpBytes = (shape: BmpShape): Buffer => {
  const { width = 300, height = 260, compression = 'none' } = shape
  const size = shape.header ?? 40
  const rows = Array.from({ length: height }, (_, y) => {
    const pixels = Array.from({ length: width }, (_, x) => quarter(shape, x, y, width, height))
    return compression.startsWith('rle') ? packedRow(shape, pixels) : plainRow(shape, pixels)
  })
  if (!shape.topDown) rows.reverse()
  const end = compression.startsWith('rle') ? Buffer.from([0, 1]) : Buffer.alloc(0)
  const data = Buffer.concat([...rows, end])
  const header = headerOf(shape, size, data.length)
  const masks = shape.masks ?? defaultMasks[shape.bits === 16 ? 16 : 32]
  const maskBytes = Buffer.alloc(compression === 'bitfields' ? (size >= 56 ? 16 : 12) : 0)
  for (let at = 0; at * 4 < maskBytes.length; at++)
    maskBytes.writeUInt32LE((masks[at] ?? 0) >>> 0, at * 4)
  if (size >= 52) maskBytes.copy(header, 40)
  const middle = size >= 52 ? Buffer.alloc(0) : maskBytes
  const palette = paletteOf(shape, size === 12)
  const dataAt = 14 + size + middle.length + palette.length
  const file = Buffer.alloc(14)
  file.write('BM')
  file.writeUInt32LE(shape.claimsSize ?? dataAt + data.length, 2)
  file.writeUInt32LE(dataAt, 10)
  return Buffer.concat([file, header, middle, palette, data])
}
