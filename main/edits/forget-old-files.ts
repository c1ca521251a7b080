import { readdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'

/** Milliseconds that something made on the way is kept after it was last used: 30 days. */
export const keptFor = 30 * 24 * 3_600_000

/**
 * Removes what was made on the way and not used for long; all of it can be made again.
 * Rejects with an error of the file system when the folder cannot be read.
 */
export const forgetOldFiles = async (folder: string, now: number): Promise<number> => {
  let count = 0
  for (const name of await readdir(folder)) {
    const file = path.join(folder, name)
    const found = await stat(file).catch(() => null) // another process forgets as well
    if (!found?.isFile() || now - found.mtimeMs < keptFor) continue
    await rm(file, { force: true })
    count++
  }
  return count
}
