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

/** Names that Windows gives to devices, with whatever extension; also with the small figures of Latin-1. */
const device = /^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[\d¹²³])[\s_]*(\.|$)/i

/** What looks like nothing, or turns text around: it would disguise a name. Not the joiners of words and emoji. */
const unseen = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/gu

/** A name that is safe on every disk, for a pasted image: of a long one the end, which says its kind. */
export const safeFileName = (name: string): string => {
  const plain = path
    .basename(name)
    .replace(unseen, '_')
    .replace(/[<>:"/\\|?*]/g, '_')
  // Windows drops dots and blanks at an end: the file would have another name than was asked for.
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
