import path from 'node:path'
import { redact as withoutKeys } from '../log'
import { redact as withoutKeyWords } from '../providers/redact'

/** What must not leave this computer in a report. */
export interface Personal {
  /** Folders by the word that stands for them: `data`, `results`, `app`… */
  folders: readonly { word: string; folder: string }[]
  userFolder: string
  /** Names of the user and of the computer. */
  names: readonly string[]
  /** Keys in use. */
  secrets: readonly string[]
}

/** Names and keys shorter than this may be part of any word. */
const shortest = { name: 3, secret: 6 }

/** Files that a person makes; the names of others, such as `main.log`, say something about a fault. */
const extensions =
  'mp4|m4v|mov|qt|mkv|webm|avi|3gp|mts|m2ts|ts|jpe?g|jfif|jpe|png|webp|bmp|gif|tiff?|avif|heic'

/** Where an absolute path begins, in all spellings; `~` and `<word>` stand for a folder that was replaced. */
const root = String.raw`(?:file:\/\/\/|\/|[A-Za-z]:[\\/]|\\\\|~[\\/]|<(?:data|results|temporary)>[\\/])`

/** A path in quotes ends at the quote, one with a person's extension there, any other at a space. */
const paths: readonly RegExp[] = [
  new RegExp(String.raw`(?<=(["'“\`]))${root}[^\n]*?(?=(?:\1|”)(?:[\s,;:.)\]}"]|$))`, 'g'),
  new RegExp(String.raw`(?<![\w:/\\>~])${root}[^\n"'<>|]*?\.(?:${extensions})\b`, 'gi'),
  new RegExp(String.raw`(?<![\w:/\\>~])${root}[^\s"'<>|,;)\]}]+`, 'g'),
]

/** A name of a file in quotes may have spaces. */
const fileNames: readonly RegExp[] = [
  new RegExp(String.raw`(?<=")[^"\n\\/…]+\.(${extensions})(?=")`, 'gi'),
  new RegExp(String.raw`(?<=“)[^”\n\\/…]+\.(${extensions})(?=”)`, 'gi'),
  new RegExp(String.raw`[^\s"'“”(\\/…]+\.(${extensions})\b`, 'gi'),
]

/** What cameras and people write into a file, as ffmpeg prints it: names, titles, and where it was filmed. */
const tags =
  /\b(title|artist|album(?:_artist)?|author|comment|description|synopsis|composer|performer|copyright|keywords|location(?:-\w+)?|com\.(?:apple|android)\.[\w.]+)(\s*): [^\n"\\]*/gi

/** Of a path, what says something about a fault: the kind of file, and the folder of our own data. */
const shortened = (found: string): string => {
  const [, own = ''] = /^(<data>[\\/]+[\w-]+(?=[\\/]))/.exec(found) ?? []
  const [, extension = ''] = /(\.[A-Za-z0-9]{1,5})(?::\d+)*$/.exec(found) ?? []
  const [start = ''] = /^(?:<\w+>|~)/.exec(found) ?? []
  const kept = own || start
  return `${kept === '' ? '' : `${kept}/`}…${extension}`
}

/** The spellings of a folder in log lines: as it is, inside JSON, with slashes, and in an address. */
const spellings = (folder: string): string[] => {
  const slashed = folder.replaceAll('\\', '/')
  const url = `file://${slashed.startsWith('/') ? '' : '/'}${encodeURI(slashed)}`
  return [...new Set([url, folder.replaceAll('\\', '\\\\'), folder, slashed, encodeURI(slashed)])]
}

const escaped = (word: string): string => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/**
 * Makes a function that takes out of a text what is personal: keys, names of the user and the computer, folders, file
 * names, and what follows the host in an address. Known folders become words, so that a reader still sees which one is
 * meant.
 */
export const createAnonymous = (personal: Personal): ((text: string) => string) => {
  const folders = [
    ...personal.folders.map(({ word, folder }) => ({ word: `<${word}>`, folder })),
    { word: '~', folder: personal.userFolder },
  ]
    // Of a root nothing would be left.
    .filter(({ folder }) => path.dirname(folder) !== folder && folder !== '')
    .toSorted((a, b) => b.folder.length - a.folder.length)
    .flatMap(({ word, folder }) => spellings(folder).map((spelling) => ({ word, spelling })))
    .map(({ word, spelling }) => ({
      word,
      // Not a folder beside it that begins alike.
      pattern: new RegExp(`${escaped(spelling)}(?![\\w-])`, 'g'),
    }))
  const secrets = personal.secrets.filter(({ length }) => length >= shortest.secret)
  const names = personal.names.filter(({ length }) => length >= shortest.name)
  return (text) => {
    let kept = text
    for (const secret of secrets) kept = kept.replaceAll(secret, '•••')
    kept = withoutKeyWords(withoutKeys(kept))
    for (const { pattern, word } of folders) kept = kept.replace(pattern, word)
    kept = kept.replace(
      /\b((?:https?|wss?|socks\w*):\/\/)(?:[^\s/"'@]*@)?([^\s/"'?#]+)[^\s"')]*/gi,
      '$1$2',
    )
    kept = kept.replace(tags, '$1$2: …')
    for (const pattern of paths) kept = kept.replace(pattern, shortened)
    for (const pattern of fileNames) kept = kept.replace(pattern, '….$1')
    kept = kept.replace(/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, '<address>')
    for (const name of names)
      kept = kept.replace(
        new RegExp(`(?<![\\p{L}\\p{N}])${escaped(name)}(?![\\p{L}\\p{N}])`, 'giu'),
        '<name>',
      )
    return kept
  }
}
