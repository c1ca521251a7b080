import type { FileReader } from '../../../files/file-reader'

/** A box of an ISO base media file. Offsets in bytes. */
export interface Box {
  type: string
  /** Where the box begins. */
  start: number
  /** Where its content begins. */
  from: number
  /** Where its content ends. */
  to: number
}

/** The box at an offset of a buffer; null if there is none. `limit` is where the parent ends. */
const headerAt = (bytes: Buffer, at: number, base: number, limit: number): Box | null => {
  if (at + 8 > bytes.length) return null
  const size = bytes.readUInt32BE(at)
  const type = bytes.toString('latin1', at + 4, at + 8)
  const start = base + at
  if (size === 1) {
    if (at + 16 > bytes.length) return null
    const large = Number(bytes.readBigUInt64BE(at + 8))
    return large < 16 ? null : { type, start, from: start + 16, to: start + large }
  }
  if (size === 0) return { type, start, from: start + 8, to: limit }
  return size < 8 ? null : { type, start, from: start + 8, to: start + size }
}

/** The boxes directly inside a range of a buffer, up to the first bytes that are no box. */
export const boxesIn = (bytes: Buffer, from = 0, to = bytes.length): Box[] => {
  const found: Box[] = []
  for (let at = from; at + 8 <= to; ) {
    const box = headerAt(bytes, at, 0, to)
    if (!box || box.to > to) break
    found.push(box)
    at = box.to
  }
  return found
}

/** The first box at a path like ['mdia', 'minf', 'stbl'] inside `parent`; null if any of them is missing. */
export const boxAt = (
  bytes: Buffer,
  path: readonly string[],
  parent: Pick<Box, 'from' | 'to'> | null = { from: 0, to: bytes.length },
): Box | null => {
  const [type, ...rest] = path
  const found = parent && boxesIn(bytes, parent.from, parent.to).find((box) => box.type === type)
  if (!found) return null
  return rest.length === 0 ? found : boxAt(bytes, rest, found)
}

/** No clip has more boxes. A file with more is not read to its end. */
const maxBoxes = 20_000

/** The top-level boxes of a file. Their `to` may lie beyond its end. */
export async function* topBoxes(reader: FileReader): AsyncGenerator<Box> {
  let at = 0
  for (let count = 0; count < maxBoxes && at + 8 <= reader.size; count++) {
    const box = headerAt(await reader.read(at, 16), 0, at, reader.size)
    if (!box || !/^[\x20-\x7e\xa9]{4}$/.test(box.type)) return
    yield box
    at = box.to
  }
}
