import type { Text } from '../../preload/contract'

/** SQLite's result codes that a person can act on (sqlite.org/rescode.html). */
const causes: Record<number, string> = {
  5: 'busy',
  6: 'busy',
  8: 'closed',
  10: 'unopenable',
  13: 'full',
  14: 'unopenable',
  4874: 'full', // IOERR_SHMSIZE: no space for the shared memory beside the database
}

/** The primary result code of an SQLite error; null for any other error. */
export const primaryCode = (error: unknown): number | null => {
  const code = errorCode(error)
  return code === null ? null : code & 0xff
}

const errorCode = (error: unknown): number | null =>
  error instanceof Error && 'errcode' in error && typeof error.errcode === 'number'
    ? error.errcode
    : null

/** The sentence for an SQLite error that a person can act on; null for any other error. */
export const databaseWords = (error: unknown): Text | null => {
  const code = errorCode(error)
  const cause = code === null ? undefined : (causes[code] ?? causes[code & 0xff])
  return cause === undefined ? null : { key: `database.${cause}`, values: {} }
}
