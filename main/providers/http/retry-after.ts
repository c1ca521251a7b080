const longest = 24 * 3_600_000

/**
 * Milliseconds to wait by a Retry-After header (RFC 9110: seconds or an HTTP date).
 *
 * Null when there is none or it makes no sense; never more than a day.
 */
export function retryAfterOf(header: string | undefined, now: number): number | null {
  const value = header?.trim() ?? ''
  if (/^\d+(\.\d+)?$/.test(value)) return Math.min(Number(value) * 1000, longest)
  // Date.parse would also take '-5' or '12 apples': a date here begins with the name of a day.
  if (!/^[A-Z][a-z]{2}/.test(value)) return null
  const date = Date.parse(value)
  return Number.isNaN(date) ? null : Math.min(Math.max(0, date - now), longest)
}
