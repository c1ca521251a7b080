import type { Text } from '../../preload/contract'
import type { Clock } from '../clock'
import { writeAtomically } from '../files/atomic'
import { moveAside, NoFileOfOursError, readIfPresent, setAside, stampOf } from '../files/read'
import type { Log } from '../log'

export interface SharedFileOptions {
  file: string
  clock: Pick<Clock, 'now'>
  log: Log
  /** Null where nobody would hear it: then nothing is copied or moved either. */
  notice: ((text: Text) => void) | null
}

/**
 * A small JSON file that several processes share: every `get` checks whether another process wrote it.
 *
 * `parse` gets the JSON, undefined for malformed text; it gives the value and the names of the parts that are not valid.
 * A file with such parts is copied to a dated name, and the person gets a notice with the key `noticeKey`.
 */
export const createSharedFile = <T>(
  { file, clock, log, notice }: SharedFileOptions,
  noticeKey: string,
  empty: T,
  parse: (stored: unknown) => { value: T; broken: readonly string[] },
) => {
  let current = empty
  let stamp: string | null = null

  /** What cannot be read as the file is moved aside: a folder could never be replaced by one. */
  const contentOf = (): string | null => {
    try {
      return readIfPresent(file)
    } catch (error) {
      if (!(error instanceof NoFileOfOursError)) throw error
      if (notice === null) return null
      const moved = moveAside(file, clock.now())
      log.warn('Something else was in the place of a file', { moved })
      notice({ key: noticeKey, values: { file: moved } })
      return null
    }
  }

  const read = (): T => {
    const content = contentOf()
    if (content === null) return empty
    const { value, broken } = parse(parseJson(content))
    if (broken.length > 0 && notice !== null) {
      const copy = setAside(file, clock.now())
      log.warn('A file could not be read completely', { broken, copy })
      notice({ key: noticeKey, values: { file: copy } })
    }
    return value
  }

  /** True when the file has changed since the last look. */
  const refresh = (): boolean => {
    const seen = stampOf(file)
    if (seen === stamp) return false
    current = read()
    stamp = seen // only now: a file that could not be read must be read again, not overwritten
    return true
  }

  return {
    refresh,
    get: (): T => {
      refresh()
      return current
    },
    set: (value: T): void => {
      writeAtomically(file, `${JSON.stringify(value, null, 2)}\n`)
      current = value
      stamp = stampOf(file)
    },
  }
}

const parseJson = (content: string): unknown => {
  try {
    return JSON.parse(content)
  } catch {
    return undefined
  }
}
