import type { Stats } from 'node:fs'
import { readdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'

/** Milliseconds that something made on the way is kept after it was last used: 30 days. */
export const keptFor = 30 * 24 * 3_600_000

/**
 * Removes what was made on the way and not used for long; all of it can be made again.
 * Rejects with an error of the file system when the folder cannot be read.
 * @param lastUse ms since the epoch; what is used here is marked by its time of change (`markUsed`)
 */
export const forgetOldFiles = async (
  folder: string,
  now: number,
  lastUse: (found: Stats) => number = ({ mtimeMs }) => mtimeMs,
): Promise<number> => {
  let count = 0
  for (const name of await readdir(folder)) {
    const file = path.join(folder, name)
    const found = await stat(file).catch(() => null) // another process forgets as well
    if (!found?.isFile() || now - lastUse(found) < keptFor) continue
    await rm(file, { force: true })
    count++
  }
  return count
}
