import type { Text } from '../../preload/contract'

/** SQLite's primary result codes that a person can do something about (sqlite.org/rescode.html). */
const causes: Record<number, string> = {
  5: 'busy',
  6: 'busy',
  8: 'closed',
  10: 'unopenable',
  13: 'full',
  14: 'unopenable',
}

/** What an error of SQLite means for a person; null for any other error, or one that is a mistake of ours. */
export const databaseWords = (error: unknown): Text | null => {
  if (!(error instanceof Error) || !('errcode' in error)) return null
  const cause = typeof error.errcode === 'number' ? causes[error.errcode & 0xff] : undefined
  return cause === undefined ? null : { key: `database.${cause}`, values: {} }
}
