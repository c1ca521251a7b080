import { existsSync, renameSync, statSync } from 'node:fs'
import { primaryCode } from './database-words'

/** SQLite's result codes for a file that is not a database, or a damaged one (sqlite.org/rescode.html). */
const brokenCodes: readonly unknown[] = [11, 26]

/** Whether an error means that the file itself is damaged, rather than busy, full or forbidden. */
export const isBroken = (error: unknown): boolean => brokenCodes.includes(primaryCode(error))

/** Identifies the file at a path, so that a later file at the same path differs; null when there is none. */
export const identityOf = (path: string): string | null => {
  try {
    const { dev, ino } = statSync(path)
    return `${dev}:${ino}`
  } catch {
    return null
  }
}

/**
 * Renames a damaged database and its log files to a dated name; gives that name.
 * Null when another process has already done so, and the file at the path is another one.
 */
export const setDatabaseAside = (path: string, identity: string, now: number): string | null => {
  if (identityOf(path) !== identity) return null
  const date = new Date(now).toISOString().slice(0, 19).replaceAll(':', '-')
  let target = `${path}.broken-${date}`
  for (let count = 2; existsSync(target); count++) target = `${path}.broken-${date}-${count}`
  renameSync(path, target)
  for (const suffix of ['-wal', '-shm'])
    if (existsSync(path + suffix)) renameSync(path + suffix, target + suffix)
  return target
}
