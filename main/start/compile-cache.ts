import { existsSync, type Stats } from 'node:fs'
import { readdir, rmdir } from 'node:fs/promises'
import { enableCompileCache } from 'node:module'
import path from 'node:path'
import { forgetOldFiles } from '../files/forget-old'
import { makeFolder } from '../files/make-folder'
import type { Home } from '../home'

/**
 * Lets V8 keep compiled code for the next start: reading it takes half the time of compiling again. Does nothing if
 * the folder cannot be made; `makeHome` reports that.
 */
export const keepCompiled = (
  { compiled }: Pick<Home, 'compiled'>,
  enable: (folder: string) => unknown = enableCompileCache,
): void => {
  try {
    // Node would make it readable for everyone, and would not return where /proc refuses (see `makeFolder`).
    makeFolder(compiled, 0o700)
  } catch {
    return
  }
  enable(compiled)
}

const lastRead = ({ atimeMs, mtimeMs }: Stats) => Math.max(atimeMs, mtimeMs)

/**
 * Removes compiled code that no start has read for a month, such as that of earlier versions. On disks that do not
 * record access times it removes everything once a month. Returns the number of files; rejects with a system error
 * when a folder cannot be read.
 */
export const forgetCompiled = async (
  { compiled }: Pick<Home, 'compiled'>,
  now: number,
): Promise<number> => {
  if (!existsSync(compiled)) return 0
  let count = 0
  // One folder per version of Node.
  for (const entry of await readdir(compiled, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue
    const folder = path.join(compiled, entry.name)
    count += await forgetOldFiles(folder, now, lastRead)
    if ((await readdir(folder)).length === 0) await rmdir(folder)
  }
  return count
}
