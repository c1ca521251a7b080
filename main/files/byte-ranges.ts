import parseRanges from 'range-parser'

/** The part of a file that a request asks for. `end` is the last byte, inclusive. */
export type ByteRange =
  | { kind: 'all' }
  | { kind: 'part'; start: number; end: number }
  | { kind: 'unsatisfiable' }

/**
 * Reads the `Range` header of a request for a file of `size` bytes (RFC 9110 §14).
 *
 * A header that is malformed, uses another unit or asks for several parts is ignored, as the RFC allows.
 */
export const readRange = (header: string | null | undefined, size: number): ByteRange => {
  const asked = header?.trim() ?? ''
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(asked) ?? []
  if (first && last && Number(last) < Number(first)) return { kind: 'all' }
  // A suffix longer than the file asks for all of it; range-parser calls it unsatisfiable.
  const suffix = first === '' && last ? `bytes=-${Math.min(Number(last), size)}` : null
  const ranges = parseRanges(size, suffix ?? asked)
  if (ranges === -2 || !asked.startsWith('bytes=') || asked.includes(',')) return { kind: 'all' }
  const range = ranges === -1 ? undefined : ranges[0]
  return range ? { kind: 'part', start: range.start, end: range.end } : { kind: 'unsatisfiable' }
}

/** Status and headers that answer a range of a file of `size` bytes. `length` is the size of the body in bytes. */
export const rangeAnswer = (range: ByteRange, size: number) => {
  if (range.kind === 'unsatisfiable')
    return { status: 416, length: 0, headers: { 'Content-Range': `bytes */${size}` } }
  const length = range.kind === 'all' ? size : range.end - range.start + 1
  const common = { 'Accept-Ranges': 'bytes', 'Content-Length': String(length) }
  return range.kind === 'all'
    ? { status: 200, length, headers: common }
    : {
        status: 206,
        length,
        headers: { ...common, 'Content-Range': `bytes ${range.start}-${range.end}/${size}` },
      }
}
