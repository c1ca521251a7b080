import type { Stats } from 'node:fs'
import { closeSync, fstatSync, openSync, readSync, rmSync } from 'node:fs'
import { type Facts, facts, type OtherFacts } from '../../preload/contract/media'
import { append } from '../files/atomic'
import { readAtOnce } from '../files/read'

/** Facts of a file that could be read. */
type ReadFacts = Exclude<Facts, OtherFacts>

/** Facts that were measured before, by window or command line. Nothing here ever throws: at worst a file is measured again. */
export interface KnownFacts {
  /** Null unless the file is the same, and was measured in the same way. */
  find: (path: string, about: Stats, measuredWith: string) => ReadFacts | null
  keep: (path: string, about: Stats, measuredWith: string, facts: ReadFacts) => void
}

export const nothingKnown: KnownFacts = { find: () => null, keep: () => {} }

/** Bytes after which the file is started anew; about 40,000 files. */
const largest = 32 * 1024 * 1024

/**
 * Milliseconds. A file that was written a moment ago may be written again in the same tick of its disk's clock, which
 * is up to two seconds long.
 */
const settled = 3_000

/** A changed file differs in one of these; a program can set the modification time back, but not that of the inode. */
const keyOf = (path: string, { size, mtimeMs, ctimeMs, ino }: Stats, measuredWith: string) =>
  JSON.stringify([path, size, mtimeMs, ctimeMs, ino, measuredWith])

const factsIn = (json: string): ReadFacts | null => {
  try {
    const { data } = facts.safeParse(JSON.parse(json))
    return data && data.kind !== 'other' ? data : null
  } catch {
    return null // a line that was not written to its end
  }
}

/**
 * The facts in a file of the home: a line each, key, tab and JSON. Processes append to it at the same time, so each reads
 * what the others have added. It is not made where there is no home.
 */
export const openKnownFacts = (file: string, now: () => number, limit = largest): KnownFacts => {
  const lines = new Map<string, string>()
  let readTo = 0

  const readMore = (): void => {
    const handle = openSync(file, readAtOnce)
    try {
      const about = fstatSync(handle)
      const size = about.isFile() ? about.size : 0
      if (size > limit) rmSync(file)
      if (size > limit || size < readTo) lines.clear()
      if (size > limit || size < readTo) readTo = 0
      if (size > limit || size === readTo) return
      const added = Buffer.alloc(size - readTo)
      const text = added.toString('utf8', 0, readSync(handle, added, 0, added.length, readTo))
      readTo = size
      for (const line of text.split('\n')) {
        const at = line.indexOf('\t')
        if (at > 0) lines.set(line.slice(0, at), line.slice(at + 1))
      }
    } finally {
      closeSync(handle)
    }
  }

  return {
    find: (path, about, measuredWith) => {
      try {
        readMore()
      } catch {
        // no home, or one that cannot be read
      }
      const json = lines.get(keyOf(path, about, measuredWith))
      return json === undefined ? null : factsIn(json)
    },
    keep: (path, about, measuredWith, facts) => {
      if (now() - Math.max(about.mtimeMs, about.ctimeMs) < settled) return
      // A line break before it ends a line that another process could not finish.
      const line = `\n${keyOf(path, about, measuredWith)}\t${JSON.stringify(facts)}\n`
      try {
        append(file, line, 0o600)
      } catch {
        // no home, a full disk, or one that is read-only
      }
    },
  }
}
