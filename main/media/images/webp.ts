import type { FileReader } from '../../files/file-reader'

/** Chunks beside frames: far more than any program writes. */
const otherChunks = 100

/** Number of frames of a WebP, counted by its chunk headers up to `most`; 1 without an animation. */
export const webpFrames = async (reader: FileReader, most: number): Promise<number> => {
  let frames = 0
  for (let at = 12, other = 0; at + 8 <= reader.size && frames < most && other < otherChunks; ) {
    const header = await reader.read(at, 8)
    if (header.length < 8) break
    if (header.toString('latin1', 0, 4) === 'ANMF') frames++
    else other++
    const length = header.readUInt32LE(4)
    at += 8 + length + (length % 2)
  }
  return Math.max(1, frames)
}
