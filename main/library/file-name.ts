/** Bytes of a file name without its extension: every file system takes 255, sidecars and copies add to it. */
const maxBytes = 160
/** Words of the prompt that go into a name. */
const maxWords = 8

export interface NameParts {
  /** ms since the epoch; the date is that of the person's own calendar. */
  createdAt: number
  prompt: string
  clipName: string
}

/** A readable name without extension: `2026-11-20 snowy street (beach)`. Safe on every file system, any language kept. */
export const resultName = ({ createdAt, prompt, clipName }: NameParts): string => {
  const words = shorten(clean(prompt).split(' ').slice(0, maxWords).join(' '), 72)
  const clip = shorten(clean(clipName.replace(/\.[^.]*$/, '')), 48)
  const parts = [localDate(createdAt), words, clip && `(${clip})`]
  return shorten(parts.filter(Boolean).join(' '), maxBytes)
}

/** The same name with a number, for when it is taken. */
export const numbered = (name: string, count: number): string =>
  count === 1 ? name : `${name} ${count}`

/** Takes out what some file system refuses, or what would hide or disguise a file. */
const clean = (text: string): string =>
  text
    .normalize('NFC')
    // Control characters, and the invisible ones that turn text around; not the joiners that words and emoji need.
    .replace(/(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/gu, ' ')
    .replace(/[<>:"/\\|?*]/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[\s.-]+|[\s.]+$/g, '')

/** At most so many bytes of UTF-8, cut between characters and rather between words. */
const shorten = (text: string, bytes: number): string => {
  if (Buffer.byteLength(text) <= bytes) return text
  let short = ''
  for (const { segment } of characters.segment(text)) {
    if (Buffer.byteLength(short + segment) > bytes) break
    short += segment
  }
  const space = short.lastIndexOf(' ')
  return (space > short.length / 2 ? short.slice(0, space) : short).replace(/[\s.,;]+$/, '')
}

const characters = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

const localDate = (time: number): string => {
  const date = new Date(time)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}
