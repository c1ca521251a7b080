import { crc32, deflateSync } from 'node:zlib'

/** A PNG of one colour, of any kind. Default 300 × 300, 8 bits, RGB. */
export interface PngShape {
  width?: number
  height?: number
  kind?: 'grey' | 'rgb' | 'palette' | 'grey-alpha' | 'rgba'
  depth?: 1 | 2 | 4 | 8 | 16
  /** Content of a tRNS chunk: transparency without an alpha channel. */
  transparency?: number[]
  /** Sample of the alpha channel, 0..1. */
  alpha?: number
  /** Frames of an APNG. */
  frames?: number
  /** A wrong size for the header. The data keeps its size. */
  claims?: { width: number; height: number }
}

const kinds = {
  grey: { type: 0, samples: 1 },
  rgb: { type: 2, samples: 3 },
  palette: { type: 3, samples: 1 },
  'grey-alpha': { type: 4, samples: 2 },
  rgba: { type: 6, samples: 4 },
}

const chunk = (type: string, content: Buffer): Buffer => {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), content])
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(content.length)
  check.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, check])
}

const words = (...values: number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 4)
  values.forEach((value, at) => {
    bytes.writeUInt32BE(value, at * 4)
  })
  return bytes
}

/** A row of zeros, except for the alpha channel. */
const rowOf = (shape: PngShape, width: number): Buffer => {
  const { samples } = kinds[shape.kind ?? 'rgb']
  const depth = shape.depth ?? 8
  const row = Buffer.alloc(1 + Math.ceil((width * samples * depth) / 8))
  if (samples === 2 || samples === 4) {
    const bytes = depth / 8
    const value = Math.round((shape.alpha ?? 1) * 255)
    for (let at = 1 + (samples - 1) * bytes; at < row.length; at += samples * bytes)
      row.fill(value, at, at + bytes)
  }
  return row
}

/** Makes a PNG's bytes chunk by chunk: encoders do not write every kind. */
export const pngBytes = (shape: PngShape = {}): Buffer => {
  const { width = 300, height = 300, depth = 8, frames = 1 } = shape
  const { type } = kinds[shape.kind ?? 'rgb']
  const header = Buffer.concat([
    words(shape.claims?.width ?? width, shape.claims?.height ?? height),
    Buffer.from([depth, type, 0, 0, 0]),
  ])
  const row = rowOf(shape, width)
  const data = deflateSync(Buffer.concat(Array.from({ length: height }, () => row)))
  const control = (sequence: number) =>
    Buffer.concat([words(sequence, width, height, 0, 0), Buffer.from([0, 1, 0, 10, 0, 0])])
  const later = Array.from({ length: frames - 1 }, (_, at) => [
    chunk('fcTL', control(at * 2 + 1)),
    chunk('fdAT', Buffer.concat([words(at * 2 + 2), data])),
  ])
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    ...(frames > 1 ? [chunk('acTL', words(frames, 0))] : []),
    ...(shape.kind === 'palette' ? [chunk('PLTE', Buffer.from([200, 30, 30, 30, 200, 30]))] : []),
    ...(shape.transparency ? [chunk('tRNS', Buffer.from(shape.transparency))] : []),
    ...(frames > 1 ? [chunk('fcTL', control(0))] : []),
    chunk('IDAT', data),
    ...later.flat(),
    chunk('IEND', Buffer.alloc(0)),
  ])
}
