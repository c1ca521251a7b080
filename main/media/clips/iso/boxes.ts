import type { FileReader } from '../../../files/file-reader'

/** A box of an ISO base media file: where its content lies. Bytes. */
export interface Box {
  type: string
  /** Where the box itself begins. */
  start: number
  from: number
  to: number
}

/** Reads one box header at a place of a buffer; null where there is none. `limit` is where the parent ends. */
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

/** Boxes that lie directly inside a piece of a buffer; stops at what is no box. */
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

/** The first box at a path like ['mdia', 'minf', 'stbl']; null where one is missing. */
export const boxAt = (
  bytes: Buffer,
  path: readonly string[],
  from = 0,
  to = bytes.length,
): Box | null => {
  let [start, end] = [from, to]
  let found: Box | null = null
  for (const type of path) {
    found = boxesIn(bytes, start, end).find((box) => box.type === type) ?? null
    if (!found) return null
    start = found.from
    end = found.to
  }
  return found
}

/** More boxes than any clip has: a file that needs more is not read to its end. */
const mostBoxes = 20_000

/** The boxes at the top of a file, one after the other; their `to` may lie beyond its end. */
export async function* topBoxes(reader: FileReader): AsyncGenerator<Box> {
  let at = 0
  for (let count = 0; count < mostBoxes && at + 8 <= reader.size; count++) {
    const box = headerAt(await reader.read(at, 16), 0, at, reader.size)
    if (!box || !/^[\x20-\x7e\xa9]{4}$/.test(box.type)) return
    yield box
    at = box.to
  }
}
