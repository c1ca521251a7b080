import { lstat, readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, extname, join } from 'node:path'

/** A hidden name in the folder of the target, with its extension. */
const temporaryFor = (target: string): string => {
  const extension = extname(target)
  const stem = basename(target, extension)
  // A name close to the usual limit of 255 bytes must not get longer.
  const short = Buffer.byteLength(stem) > 200 ? stem.slice(0, -15) : stem
  return join(dirname(target), `.${short}.${crypto.randomUUID().slice(0, 8)}.part${extension}`)
}

/** Calls `use` with the name of a temporary file beside the target, and removes that file afterwards. */
export const withTemporary = async (
  target: string,
  use: (temporary: string) => Promise<void>,
): Promise<void> => {
  const temporary = temporaryFor(target)
  try {
    await use(temporary)
  } finally {
    await rm(temporary, { force: true })
  }
}

/** Lets `make` write a temporary file beside the target, and renames it when it is complete. */
export const throughTemporary = (
  target: string,
  make: (temporary: string) => Promise<void>,
): Promise<void> =>
  withTemporary(target, async (temporary) => {
    await make(temporary)
    await rename(temporary, target) // does nothing if both are links to the same file
  })

/** Milliseconds after which a temporary file that nothing has changed is abandoned. */
const staleAfter = 60 * 60_000

/** Names that `throughTemporary` gives to clips, images and records. */
const temporaryName = /^\..+\.[0-9a-f]{8}\.part\.(?:mp4|mov|png|jpe?g|bmp|json)$/isu

/**
 * Removes temporary files that killed runs of `throughTemporary` left in a folder, if nothing has changed them in the
 * hour before `now` (ms since the epoch). Returns their names. Files that cannot be read or removed stay.
 */
export const removeStaleTemporaries = async (folder: string, now: number): Promise<string[]> => {
  const names = await readdir(folder).catch(() => []) // a folder may be writable but not readable
  const removed: string[] = []
  for (const name of names.filter((each) => temporaryName.test(each))) {
    const file = join(folder, name)
    if (!(await isStale(file, now))) continue
    const isRemoved = await rm(file).then(
      () => true,
      () => false, // it belongs to another user, or is open on Windows
    )
    if (isRemoved) removed.push(name)
  }
  return removed
}

/** A copy may have the times of its source, so all times that the disk keeps must be old. */
const isStale = async (file: string, now: number): Promise<boolean> => {
  const found = await lstat(file).catch(() => null) // another process may have finished it
  if (!found?.isFile()) return false
  return now - Math.max(found.mtimeMs, found.ctimeMs, found.birthtimeMs) > staleAfter
}
