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

/** Bytes of the longest name that is kept; file systems take 255, and a temporary one is longer. */
const mostBytes = 120

/** A name that is safe on every disk, for a pasted image: of a long one the end, which says its kind. */
export const safeFileName = (name: string): string => {
  const plain = endOf(path.basename(name).replace(/[<>:"/\\|?*\p{Cc}]/gu, '_'))
  return plain === '' || plain.startsWith('.') ? `image${plain}` : plain
}

const endOf = (text: string): string => {
  let end = ''
  for (const character of [...text].reverse()) {
    if (Buffer.byteLength(character + end) > mostBytes) break
    end = character + end
  }
  return end
}
