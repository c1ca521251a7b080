import type { Dirent } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { askDisk } from '../files/disk'

/**
 * Limits for a dropped disk: depth of folders, number of files, and milliseconds that each file system call may take.
 */
export const walkLimits = { depth: 8, files: 2_000, patience: 5_000 }

export interface Walk {
  /** Absolute paths in the given order; files in a folder by name. */
  files: string[]
  /** Whether files were left out because of a limit. */
  cut: boolean
}

/**
 * Lists the files in files and folders. A path that was given is kept whatever it is, so that its check can report
 * what is wrong. Hidden files in folders, and links to folders, are left out.
 */
export const walk = async (
  paths: readonly string[],
  bounds: Partial<typeof walkLimits> = {},
): Promise<Walk> => {
  const limits = { ...walkLimits, ...bounds }
  const files = new Set<string>()
  const ask: Ask = (work) => askDisk(work, AbortSignal.timeout(limits.patience))
  let cut = false

  const visit = async (folder: string, depth: number): Promise<void> => {
    if (depth > limits.depth) {
      cut = true
      return
    }
    for (const entry of await entriesOf(folder, ask)) {
      if (files.size >= limits.files) {
        cut = true
        return
      }
      const inside = path.join(folder, entry.name)
      if (entry.isDirectory()) await visit(inside, depth + 1)
      else if (await isRegular(entry, inside, ask)) files.add(inside)
    }
  }

  // In parallel, because each may be on a disk that does not answer.
  const named = await Promise.all(
    paths.map(async (given) => {
      const absolute = path.resolve(given)
      return { absolute, holdsFiles: await isFolder(absolute, ask) }
    }),
  )
  for (const { absolute, holdsFiles } of named) {
    if (holdsFiles) await visit(absolute, 1)
    else if (files.size < limits.files) files.add(absolute)
    else cut = true
  }
  return { files: [...files], cut }
}

type Ask = <T>(work: () => Promise<T>) => Promise<T>

const entriesOf = async (folder: string, ask: Ask): Promise<Dirent[]> => {
  try {
    const entries = await ask(() => readdir(folder, { withFileTypes: true }))
    return entries
      .filter((entry) => !isHidden(entry.name))
      .sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }))
  } catch {
    return [] // no access, or no answer in time
  }
}

const isHidden = (name: string): boolean =>
  name.startsWith('.') || name === 'Thumbs.db' || name === 'desktop.ini'

const isRegular = async (entry: Dirent, file: string, ask: Ask): Promise<boolean> => {
  if (entry.isFile()) return true
  if (!entry.isSymbolicLink()) return false
  return await ask(() => stat(file)).then(
    (target) => target.isFile(),
    () => false,
  )
}

const isFolder = async (file: string, ask: Ask): Promise<boolean> =>
  await ask(() => stat(file)).then(
    (found) => found.isDirectory(),
    () => false,
  )
