import type { FileReader } from '../../files/file-reader'

/** An EBML number of variable length: its width in bytes, and its value, which is null for "unknown". */
const readVariable = (
  bytes: Buffer,
  at: number,
): { value: number | null; width: number } | null => {
  const first = bytes[at]
  if (!first) return null
  const width = Math.clz32(first) - 23
  if (at + width > bytes.length) return null
  let value = BigInt(first & ((1 << (8 - width)) - 1))
  let ones = value === BigInt((1 << (8 - width)) - 1)
  for (let next = 1; next < width; next++) {
    const byte = bytes[at + next] ?? 0
    ones &&= byte === 255
    value = (value << 8n) | BigInt(byte)
  }
  return { value: ones ? null : Number(value), width }
}

const segment = 0x18538067

/** Byte at which the segment of a Matroska file ends; null if it does not declare that. */
const matroskaEnd = (head: Buffer): number | null => {
  const header = readVariable(head, 4)
  if (!header || header.value === null) return null
  const at = 4 + header.width + header.value
  if (at + 5 > head.length || head.readUInt32BE(at) !== segment) return null
  const size = readVariable(head, at + 4)
  return size && size.value !== null ? at + 4 + size.width + size.value : null
}

/** Byte at which the last RIFF chunk of an AVI file ends. */
const aviEnd = async (reader: FileReader): Promise<number> => {
  let end = 0
  for (let piece = 0; piece < 1000 && end + 12 <= reader.size; piece++) {
    const head = await reader.read(end, 12)
    if (head.toString('latin1', 0, 4) !== 'RIFF') break
    end += 8 + head.readUInt32LE(4)
  }
  return end
}

/** Whether a container other than MP4 declares more bytes than the file has. */
export const isCutOff = async (container: string, reader: FileReader): Promise<boolean> => {
  switch (container) {
    case 'mkv':
    case 'webm': {
      const end = matroskaEnd(Buffer.from(await reader.read(0, 4096)))
      return end !== null && end > reader.size
    }
    case 'avi':
      return (await aviEnd(reader)) > reader.size + 1
    default:
      // Transport streams declare no length.
      return false
  }
}
