import { randomUUID } from 'node:crypto'
import { lstat, readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, extname, join } from 'node:path'

/** Lets `make` write beside the target under another name, and renames only what was finished. */
export const throughTemporary = async (
  target: string,
  make: (temporary: string) => Promise<void>,
): Promise<void> => {
  const extension = extname(target)
  const name = basename(target, extension)
  const temporary = join(dirname(target), `.${name}.${randomUUID().slice(0, 8)}.part${extension}`)
  try {
    await make(temporary)
    await rename(temporary, target)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}

/** Milliseconds after which nobody writes to a temporary file any more. */
const staleAfter = 60 * 60_000

/** As `throughTemporary` names them, of the kinds that are made beside an output. */
const ours = /^\..+\.[0-9a-f]{8}\.part\.(?:mp4|mov|png|jpe?g|bmp)$/isu

/**
 * Removes from a folder what runs of `throughTemporary` left there that were killed, once nothing has touched it for
 * an hour before `now` (ms since the epoch). Gives the names that are gone; what cannot be looked at or removed stays.
 */
export const removeStaleTemporaries = async (folder: string, now: number): Promise<string[]> => {
  const names = await readdir(folder).catch(() => []) // a folder that may be written but not read
  const removed: string[] = []
  for (const name of names.filter((each) => ours.test(each))) {
    const file = join(folder, name)
    if (!(await isStale(file, now))) continue
    const isGone = await rm(file).then(
      () => true,
      () => false, // another's, or open on Windows: it is only left where it was
    )
    if (isGone) removed.push(name)
  }
  return removed
}

/** A copy may bear the times of its source, so all that the disk knows of have to be long ago. */
const isStale = async (file: string, now: number): Promise<boolean> => {
  const found = await lstat(file).catch(() => null) // another process may have finished it
  if (!found?.isFile()) return false
  return now - Math.max(found.mtimeMs, found.ctimeMs, found.birthtimeMs) > staleAfter
}
