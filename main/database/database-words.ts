import type { Text } from '../../preload/contract'

/** SQLite's primary result codes that a person can act on (sqlite.org/rescode.html). */
const causes: Record<number, string> = {
  5: 'busy',
  6: 'busy',
  8: 'closed',
  10: 'unopenable',
  13: 'full',
  14: 'unopenable',
}

/** The primary result code of an SQLite error; null for any other error. */
export const primaryCode = (error: unknown): number | null =>
  error instanceof Error && 'errcode' in error && typeof error.errcode === 'number'
    ? error.errcode & 0xff
    : null

/** The sentence for an SQLite error that a person can act on; null for any other error. */
export const databaseWords = (error: unknown): Text | null => {
  const cause = causes[primaryCode(error) ?? 0]
  return cause === undefined ? null : { key: `database.${cause}`, values: {} }
}
