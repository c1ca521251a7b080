import { statfs } from 'node:fs/promises'
import path from 'node:path'
import { hasCode } from './errno'

/** Free bytes on the disk of a folder. The folder need not exist yet. */
export const freeBytes = async (folder: string): Promise<number> => {
  try {
    const { bavail, bsize } = await statfs(folder)
    return bavail * bsize
  } catch (error) {
    const parent = path.dirname(folder)
    if (!hasCode(error, 'ENOENT') || parent === folder) throw error
    return await freeBytes(parent)
  }
}
