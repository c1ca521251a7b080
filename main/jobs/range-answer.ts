/** What a server's answer to a (partial) download means. Bytes. */
export type RangeAnswer =
  | { kind: 'send'; from: number; total: number | null; etag: string | null }
  /** All of it is here already. */
  | { kind: 'complete' }
  /** What is here does not fit: begin again. */
  | { kind: 'again'; why: string }
  /** The link is no longer good. */
  | { kind: 'refused'; why: string }
  | { kind: 'broken'; why: string }

export interface RangeQuestion {
  response: Pick<Response, 'status' | 'headers'>
  /** Bytes that are on the disk. */
  have: number
  start: { etag: string | null; total: number | null } | null
}

/** Reads status, Content-Range, Content-Length and ETag (RFC 9110, 14 and 15). */
export const rangeAnswer = ({ response, have, start }: RangeQuestion): RangeAnswer => {
  const { status, headers } = response
  const etag = strongEtag(headers.get('etag'))
  if (status === 200)
    return { kind: 'send', from: 0, total: lengthOf(headers.get('content-length')), etag }
  if (status === 206) {
    const range = contentRange(headers.get('content-range'))
    if (!range || range.from !== have) return { kind: 'again', why: 'another part came back' }
    if (start?.total != null && range.total !== null && range.total !== start.total)
      return { kind: 'again', why: 'the file has changed its length' }
    // Some servers know Range and not If-Range.
    if (start?.etag != null && etag !== null && etag !== start.etag)
      return { kind: 'again', why: 'the file has changed' }
    return {
      kind: 'send',
      from: have,
      total: range.total ?? start?.total ?? null,
      etag: etag ?? start?.etag ?? null,
    }
  }
  if (status === 416)
    return start?.total === have ? { kind: 'complete' } : { kind: 'again', why: 'nothing after it' }
  if (status === 408 || status === 425 || status === 429 || status >= 500)
    return { kind: 'broken', why: `HTTP ${status}` }
  return { kind: 'refused', why: `HTTP ${status}` }
}

const strongEtag = (etag: string | null): string | null =>
  etag === null || etag.startsWith('W/') ? null : etag

const lengthOf = (length: string | null): number | null => {
  if (length === null || !/^\d+$/.test(length.trim())) return null
  return Number(length)
}

const contentRange = (value: string | null): { from: number; total: number | null } | null => {
  const match = /^bytes (\d+)-(\d+)\/(\d+|\*)$/.exec(value?.trim() ?? '')
  if (!match) return null
  return { from: Number(match[1]), total: match[3] === '*' ? null : Number(match[3]) }
}
