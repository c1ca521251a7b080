import { randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import { copyFile, open, rename, rm } from 'node:fs/promises'
import path from 'node:path'

/** Puts what was written to a file onto the disk. */
const syncFile = async (file: string): Promise<void> => {
  // Windows syncs only what was opened for writing; elsewhere that would refuse a file a person has locked.
  const handle = await open(file, process.platform === 'win32' ? 'r+' : 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Puts names that were made, changed or removed in a folder onto the disk. */
export const syncFolder = async (folder: string): Promise<void> => {
  if (process.platform === 'win32') return // folders cannot be opened there, NTFS keeps its own journal
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } catch (error) {
    // Some network file systems cannot; the file itself is synced all the same.
    if (!hasCode(error, 'EINVAL') && !hasCode(error, 'ENOTSUP')) throw error
  } finally {
    await handle.close()
  }
}

/** Copies all of a file or nothing: a temporary name beside the target, fsync, rename. */
export const copyAtomically = async (from: string, to: string): Promise<void> => {
  const temporary = path.join(
    path.dirname(to),
    `.${randomBytes(6).toString('hex')}${path.extname(to)}.part`,
  )
  try {
    await copyFile(from, temporary, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL)
    await syncFile(temporary)
    await rename(temporary, to)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
  await syncFolder(path.dirname(to))
}

/** Moves a file, also to another disk; afterwards it is there under its name even if the power fails. */
export const moveDurably = async (from: string, to: string): Promise<void> => {
  await syncFile(from)
  try {
    await rename(from, to)
  } catch (error) {
    if (!hasCode(error, 'EXDEV')) throw error
    await copyAtomically(from, to)
    await rm(from)
    return
  }
  await syncFolder(path.dirname(to))
}

export const hasCode = (error: unknown, code: string): boolean => codeOf(error) === code

export const codeOf = (error: unknown): string | null =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null
