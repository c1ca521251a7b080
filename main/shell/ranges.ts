/** What part of a file is asked for; `end` is the last byte, inclusive. */
export type Range =
  | { kind: 'all' }
  | { kind: 'part'; start: number; end: number }
  | { kind: 'unsatisfiable' }

/**
 * Reads a `Range` header for a file of so many bytes (RFC 9110 §14).
 *
 * What is malformed, in another unit, or asks for several parts is ignored, which the RFC allows: all is sent.
 */
export const readRange = (header: string | null, size: number): Range => {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '')
  const [, first = '', last = ''] = match ?? []
  if (!match || (first === '' && last === '')) return { kind: 'all' }
  if (first === '') return suffix(Number(last), size)
  const start = Number(first)
  const end = last === '' ? size - 1 : Math.min(Number(last), size - 1)
  if (last !== '' && Number(last) < start) return { kind: 'all' }
  return start < size ? { kind: 'part', start, end } : { kind: 'unsatisfiable' }
}

const suffix = (length: number, size: number): Range =>
  length > 0 && size > 0
    ? { kind: 'part', start: Math.max(0, size - length), end: size - 1 }
    : { kind: 'unsatisfiable' }

/** Status and headers that answer a range; `length` is the number of bytes of the body. */
export const rangeAnswer = (range: Range, size: number) => {
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
