import { homedir } from 'node:os'
import path from 'node:path'

/** The folder of a file, with the person's home folder written as `~`. */
export const folderForPeople = (file: string): string => {
  const folder = path.dirname(file)
  const own = homedir()
  return folder === own || folder.startsWith(own + path.sep)
    ? `~${folder.slice(own.length)}`
    : folder
}

/** Longest name, in bytes. File systems allow 255, and temporary names are longer. */
const mostBytes = 120

/** Names that Windows reserves for devices, with any extension; also with superscript digits. */
const device = /^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[\d¹²³])[\s_]*(\.|$)/i

/** Invisible characters and those that reverse text: they would disguise a name. Not the joiners of words and emoji. */
export const invisible = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/gu

/** A file name for a pasted image that every file system accepts. Of a long name it keeps the end, with the extension. */
export const safeFileName = (name: string): string => {
  const plain = path
    .basename(name)
    .replace(invisible, '_')
    .replace(/[<>:"/\\|?*]/g, '_')
  // Windows drops trailing dots and spaces: the file would get another name.
  const kept = endOf(plain.replace(/[\s.]+$/, '')).replace(/^\s+/, '')
  if (kept === '' || kept.startsWith('.')) return `image${kept}`
  return device.test(kept) ? `_${kept}` : kept
}

const endOf = (text: string): string => {
  let end = ''
  for (const character of [...text].reverse()) {
    if (Buffer.byteLength(character + end) > mostBytes) break
    end = character + end
  }
  return end
}
