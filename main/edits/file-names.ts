import { homedir } from 'node:os'
import path from 'node:path'

/** The folder as a person writes it, with their own as `~`. */
export const folderForPeople = (file: string): string => {
  const folder = path.dirname(file)
  const own = homedir()
  return folder === own || folder.startsWith(own + path.sep)
    ? `~${folder.slice(own.length)}`
    : folder
}

/** A name that is safe on every disk, for a pasted image. */
export const safeFileName = (name: string): string => {
  const plain = path
    .basename(name)
    .replace(/[<>:"/\\|?*\p{Cc}]/gu, '_')
    .slice(-120)
  return plain === '' || plain.startsWith('.') ? `image${plain}` : plain
}
