import { invisible } from '../catalog/file-names'

/** Longest file name without its extension, in bytes. File systems allow 255; sidecars and copies have longer names. */
const maxBytes = 160
/** Words of the prompt in a name. */
const maxWords = 8

export interface NameParts {
  /** ms since the epoch; the name has the local date. */
  createdAt: number
  prompt: string
  /** Name of the source file, with or without an extension; '' without a source file. */
  name: string
}

/** A name without extension: `2026-11-20 snowy street (beach)`. Every file system accepts it, in any language. */
export const resultName = ({ createdAt, prompt, name }: NameParts): string => {
  const words = shorten(clean(prompt).split(' ').slice(0, maxWords).join(' '), 72)
  const clip = shorten(clean(name.replace(/\.[^.]*$/, '')), 48)
  const parts = [localDate(createdAt), words, clip && `(${clip})`]
  return shorten(parts.filter(Boolean).join(' '), maxBytes)
}

/** The name with a number from 2 on, for a name that exists. */
export const numbered = (name: string, count: number): string =>
  count === 1 ? name : `${name} ${count}`

/** Removes what a file system may refuse, and what would hide or disguise a file. */
const clean = (text: string): string =>
  text
    .normalize('NFC')
    .replace(invisible, ' ')
    .replace(/[<>:"/\\|?*]/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[\s.-]+|[\s.]+$/g, '')

/** The text cut to at most these bytes of UTF-8, between words if possible. */
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

/** The local date of a time (ms since the epoch): '2026-11-20'. */
export const localDate = (time: number): string => {
  const date = new Date(time)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}
