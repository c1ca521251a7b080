import { statfs } from 'node:fs/promises'
import path from 'node:path'

/** Bytes that can still be written to the disk of a folder, which need not exist yet. */
export const freeBytes = async (folder: string): Promise<number> => {
  try {
    const { bavail, bsize } = await statfs(folder)
    return bavail * bsize
  } catch (error) {
    const parent = path.dirname(folder)
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    if (!isMissing || parent === folder) throw error
    return await freeBytes(parent)
  }
}
