import {
  closeSync,
  constants,
  fchmodSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { copyFile, link, open, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { hasCode } from './errno'
import { makeFolder } from './make-folder'
import { throughTemporary, withTemporary } from './temporary-file'

/** Writes a small file completely or not at all, and flushes it to disk. It may hold keys. */
export const writeAtomically = (file: string, content: string, mode = 0o600): void => {
  const temporary = `${file}.${crypto.randomUUID().slice(0, 8)}.tmp`
  const handle = openSync(temporary, 'wx', mode)
  try {
    try {
      fchmodSync(handle, mode) // the umask may have removed bits
      writeFileSync(handle, content)
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
    renameSync(temporary, file)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
}

/** Writes a JSON file that only the user can read, completely or not at all. Makes its folder; flushes nothing. */
export const writeJson = async (file: string, value: unknown): Promise<void> => {
  makeFolder(path.dirname(file), 0o700)
  await throughTemporary(file, (temporary) =>
    writeFile(temporary, JSON.stringify(value), { mode: 0o600 }),
  )
}

const appendFlags =
  constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | (constants.O_NONBLOCK ?? 0)

/** Adds a text to a file, which is made if it is missing. Does not wait for the reader of a pipe in its place. Throws system errors. */
export const append = (file: string, text: string, mode = 0o666): void => {
  const handle = openSync(file, appendFlags, mode)
  try {
    writeFileSync(handle, text)
  } finally {
    closeSync(handle)
  }
}

/** Writes a new file completely or not at all, and flushes it to disk. Rejects with EEXIST where there is one. */
export const writeNew = (file: string, text: string): Promise<void> =>
  withTemporary(file, async (temporary) => {
    await writeFile(temporary, text, { flag: 'wx', mode: 0o644, flush: true })
    try {
      await link(temporary, file) // unlike a rename, it replaces nothing
    } catch (error) {
      if (hasCode(error, 'EEXIST')) throw error
      await copyFile(temporary, file, constants.COPYFILE_EXCL) // a disk without links, such as exFAT
    }
  })

/** Copies a file completely or not at all, and flushes the copy to disk. */
export const copyAtomically = async (from: string, to: string): Promise<void> => {
  await throughTemporary(to, async (temporary) => {
    await copyFile(from, temporary, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL)
    await syncFile(temporary)
  })
  await syncFolder(path.dirname(to))
}

/** Moves a file, also to another disk. It survives a power failure from then on. */
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

/** Flushes the content of a file to disk. */
const syncFile = async (file: string): Promise<void> => {
  // Windows flushes only files that are open for writing; elsewhere that would fail for a read-only file.
  await using handle = await open(file, process.platform === 'win32' ? 'r+' : 'r')
  await handle.sync()
}

/** Flushes new, changed and removed names of a folder to disk. */
export const syncFolder = async (folder: string): Promise<void> => {
  if (process.platform === 'win32') return // folders cannot be opened there; NTFS keeps a journal
  await using handle = await open(folder, 'r')
  try {
    await handle.sync()
  } catch (error) {
    // Some network file systems cannot do this. The file itself is flushed all the same.
    if (!hasCode(error, 'EINVAL', 'ENOTSUP')) throw error
  }
}
