import { existsSync } from 'node:fs'
import { readdir, rmdir } from 'node:fs/promises'
import path from 'node:path'
import { forgetOldFiles } from '../files/forget-old'
import type { Home } from '../home'
import { compiledFolder } from './compile-cache'

/**
 * Removes what V8 made of files that no start has read for long: those of versions before an update. Where the disk
 * does not note when a file is read, all of it goes once a month and is made again.
 * Rejects with an error of the file system when a folder cannot be read.
 */
export const forgetCompiled = async (home: Pick<Home, 'folder'>, now: number): Promise<number> => {
  const folder = compiledFolder(home)
  if (!existsSync(folder)) return 0
  let count = 0
  // A folder for each version of Node that ever ran here.
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue
    const ofVersion = path.join(folder, entry.name)
    const lastRead = ({ atimeMs, mtimeMs }: { atimeMs: number; mtimeMs: number }) =>
      Math.max(atimeMs, mtimeMs)
    count += await forgetOldFiles(ofVersion, now, lastRead)
    if ((await readdir(ofVersion)).length === 0) await rmdir(ofVersion)
  }
  return count
}
