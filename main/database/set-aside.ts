import { existsSync, renameSync, statSync } from 'node:fs'

/** SQLite's result codes for a file that is no database, or a broken one (sqlite.org/rescode.html). */
const brokenCodes = new Set([11, 26])

/** Whether SQLite says that the file itself is damaged, rather than busy, full or forbidden. */
export const isBroken = (error: unknown): boolean =>
  error instanceof Error &&
  'errcode' in error &&
  typeof error.errcode === 'number' &&
  brokenCodes.has(error.errcode & 0xff)

/** Tells one file from another that later has the same path. */
export const identityOf = (path: string): string | null => {
  try {
    const { dev, ino } = statSync(path)
    return `${dev}:${ino}`
  } catch {
    return null // not there yet: nothing to tell apart
  }
}

/**
 * Moves a broken database out of the way under a dated name, with its log files, and gives that name.
 * Null when another process has already done so: the file that is there now is not the broken one.
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
