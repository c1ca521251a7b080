import type { FileReader } from '../../files/file-reader'

/** Frames of a PNG: 1, or what its animation control says. Reads only chunk headers, at most those before the data. */
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
