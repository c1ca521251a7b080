import type { FileReader } from '../../files/file-reader'

/** What programs write that do not know yet how long a WAV will be. */
const openEnds = [0, 0xffffffff]

/** Byte at which a WAV ends by its own word; null if it does not say. */
const wavEnd = (head: Buffer): number | null => {
  const size = head.readUInt32LE(4)
  return openEnds.includes(size) ? null : size + 8
}

/** Bytes of the tag in front of an MP3, with its cover picture. Each byte of the size has seven bits. */
const tagBytes = (head: Buffer): number => {
  if (head.toString('latin1', 0, 3) !== 'ID3') return 0
  const size = [...head.subarray(6, 10)].reduce((sum, byte) => sum * 128 + (byte & 127), 0)
  return 10 + size + (((head[5] ?? 0) & 16) === 0 ? 0 : 10)
}

/** The header of encoders stands in the first frame, after a gap that depends on version and channels. */
const largestGap = 64
const hasFrames = 1
const hasBytes = 2

/** Byte at which an MP3 ends by the header that most encoders write; null without one. */
const mp3End = async (reader: FileReader, head: Buffer): Promise<number | null> => {
  const from = tagBytes(head)
  const frame = Buffer.from(await reader.read(from, largestGap + 16))
  const text = frame.toString('latin1')
  const at = Math.max(text.indexOf('Xing'), text.indexOf('Info'))
  if (at < 0 || at + 16 > frame.length) return null
  const flags = frame.readUInt32BE(at + 4)
  if ((flags & hasBytes) === 0) return null
  return from + frame.readUInt32BE(at + 8 + ((flags & hasFrames) === 0 ? 0 : 4))
}

/** Whether a sound declares more bytes than the file has. */
export const isSoundCutOff = async (format: string, reader: FileReader): Promise<boolean> => {
  const head = Buffer.from(await reader.read(0, 16))
  if (head.length < 16) return false
  const end = format === 'wav' ? wavEnd(head) : format === 'mp3' ? await mp3End(reader, head) : null
  return end !== null && end > reader.size + 1
}
