import type { Dirent } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { askDisk } from '../files/disk'

/**
 * Bounds, so that a dropped disk does not become a list of everything on it, and one that does not answer is not
 * waited for: milliseconds that each question may take.
 */
export const walkLimits = { depth: 8, files: 2_000, patience: 5_000 }

export interface Walk {
  /** Absolute paths in the order given; those inside a folder in the order of their names. */
  files: string[]
  /** Whether a bound was met and files were left out. */
  cut: boolean
}

/**
 * Turns files and folders into files. What was named by itself is kept whatever it is, so that it can
 * be said what is wrong with it; inside folders only regular files count and hidden ones are skipped.
 * Links to folders are not followed.
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

  // Together, because each may lie on a disk that does not answer.
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
    return [] // a folder that may not be read, or not in time, has nothing to offer
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
