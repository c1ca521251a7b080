/**
 * The languages of the app. Each has two folders of this name: preload/contract/language/<id> holds the
 * texts of main and window, renderer/language/<id> those of the window alone. Everything else follows
 * from this list and the folders. The first language is the one that is used where no other fits.
 */
export const languages = [
  {
    id: 'en',
    name: 'English',
    /** Locales that choose this language, each with everything below it: 'zh' covers 'zh-Hans-CN'. */
    tags: ['en'],
    /** The locale of numbers, lists and long dates, and the page's `lang`. */
    locale: 'en-US',
    /** The locale of times and short dates. */
    clock: 'en-GB',
    lists: 'long',
    /** A pattern of the words that a number is never separated from by the end of a line. */
    units: '(?:min|bytes?|frames?|credits?)\\b',
  },
  {
    id: 'zh',
    name: '简体中文',
    tags: ['zh'],
    locale: 'zh-CN',
    clock: 'zh-CN',
    lists: 'narrow',
    units: '\\p{Script=Han}',
  },
] as const satisfies readonly LanguageRow[]

interface LanguageRow {
  id: string
  /** The name of the language in itself. */
  name: string
  tags: readonly string[]
  locale: string
  clock: string
  /** How `Intl.ListFormat` joins names: "A, B, and C" or "A、B、C". */
  lists: Intl.ListFormatStyle
  units: string
}

export type Language = (typeof languages)[number]['id']

const rows = new Map<Language, LanguageRow>(languages.map((row) => [row.id, row]))

export const languageRow = (language: Language): LanguageRow => rows.get(language) ?? languages[0]

/** The language of a locale such as 'zh_CN.UTF-8' or 'en-GB': the one with the longest tag that fits. */
export const languageOf = (locale: string | undefined): Language => {
  const wanted = `${(locale ?? '')
    .replaceAll('_', '-')
    .replace(/[.@].*/, '')
    .toLowerCase()}-`
  const fitting = languages
    .flatMap(({ id, tags }) => tags.map((tag) => ({ id, tag })))
    .filter(({ tag }) => wanted.startsWith(`${tag.toLowerCase()}-`))
    .toSorted((a, b) => b.tag.length - a.tag.length)
  return fitting[0]?.id ?? languages[0].id
}
