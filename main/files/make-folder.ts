import { mkdirSync, statSync } from 'node:fs'
import path from 'node:path'

/**
 * Makes a folder and its parents; `mode` applies to the new ones. Throws system errors.
 *
 * Use this instead of Node's `recursive`: that never returns where a file system refuses new folders with ENOENT, as
 * /proc does (Node 24 loops in native code).
 */
export const makeFolder = (folder: string, mode = 0o777): void => {
  if (isFolder(folder)) return
  const parent = path.dirname(folder)
  if (parent !== folder) makeFolder(parent, mode)
  try {
    mkdirSync(folder, { mode })
  } catch (error) {
    if (!isFolder(folder)) throw error // another process may have made it in the meantime
  }
}

const isFolder = (file: string): boolean =>
  statSync(file, { throwIfNoEntry: false })?.isDirectory() ?? false
