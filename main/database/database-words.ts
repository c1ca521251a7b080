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

/** The sentence for an SQLite error that a person can act on; null for any other error. */
export const databaseWords = (error: unknown): Text | null => {
  if (!(error instanceof Error) || !('errcode' in error)) return null
  const cause = typeof error.errcode === 'number' ? causes[error.errcode & 0xff] : undefined
  return cause === undefined ? null : { key: `database.${cause}`, values: {} }
}
