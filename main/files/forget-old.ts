import type { Stats } from 'node:fs'
import { readdir, rm, stat, utimes } from 'node:fs/promises'
import path from 'node:path'

/** Milliseconds that a cached file is kept after its last use: 30 days. */
export const keptFor = 30 * 24 * 3_600_000

/** Marks cached files as used now, so that they are kept longer. */
export const markUsed = async (...files: string[]): Promise<void> => {
  const now = new Date()
  // A file that cannot be marked is at worst made again.
  await Promise.all(files.map((file) => utimes(file, now, now).catch(() => {})))
}

/**
 * Removes the cached files of a folder that have not been used for `keptFor`. Returns their number.
 * Rejects with a system error when the folder cannot be read.
 * @param lastUse ms since the epoch; by default the modification time, which `markUsed` sets
 */
export const forgetOldFiles = async (
  folder: string,
  now: number,
  lastUse: (found: Stats) => number = ({ mtimeMs }) => mtimeMs,
): Promise<number> => {
  let count = 0
  for (const name of await readdir(folder)) {
    const file = path.join(folder, name)
    const found = await stat(file).catch(() => null) // another process may have removed it
    if (!found?.isFile() || now - lastUse(found) < keptFor) continue
    await rm(file, { force: true })
    count++
  }
  return count
}
