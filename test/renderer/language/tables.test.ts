import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { sharedTexts } from '../../../preload/contract/language'
import { languageOf, languages } from '../../../preload/contract/language/languages'
import { windowTexts } from '../../../renderer/language'

/** Every text by its full key. */
const flat = (table: object, path = ''): [string, string][] =>
  Object.entries(table).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [[path + key, value] as [string, string]]
      : flat(value, `${path}${key}.`),
  )

const textsOf = (language: (typeof languages)[number]['id']) =>
  new Map(flat({ ...sharedTexts[language], ...windowTexts[language] }))

const english = textsOf('en')

/** The names of texts that count something, without the plural form. */
const counting = new Set(
  [...english.keys()].filter((key) => key.endsWith('_one')).map((key) => key.replace(/_one$/, '')),
)

const nameOf = (key: string) => {
  const name = key.replace(/_(zero|one|two|few|many|other)$/, '')
  return counting.has(name) ? name : key
}

const values = (text: string) =>
  new Set([...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name))

it.each(['preload/contract/language', 'renderer/language'])(
  'has a folder for each language of the list in %s',
  (folder) => {
    const folders = readdirSync(folder, { withFileTypes: true }).filter((file) =>
      file.isDirectory(),
    )
    expect(folders.map(({ name }) => name).toSorted()).toEqual(
      languages.map(({ id }) => id).toSorted(),
    )
  },
)

describe.each(languages)('$name', ({ id, locale }) => {
  const texts = textsOf(id)

  it('has the texts of English and no others', () => {
    expect([...new Set([...texts.keys()].map(nameOf))].toSorted()).toEqual(
      [...new Set([...english.keys()].map(nameOf))].toSorted(),
    )
  })

  it('has exactly the plural forms of its language', () => {
    const forms = new Intl.PluralRules(locale).resolvedOptions().pluralCategories.toSorted()
    for (const name of counting) {
      const there = [...texts.keys()].filter(
        (key) => nameOf(key) === name && !key.endsWith('_zero'),
      )
      expect(there.map((key) => key.slice(name.length + 1)).toSorted(), name).toEqual(forms)
    }
  })

  it('names the same values as English', () => {
    for (const [key, text] of texts) {
      const inEnglish = values(english.get(key) ?? english.get(`${nameOf(key)}_other`) ?? '')
      if (counting.has(nameOf(key)))
        expect(
          [...values(text)].filter((name) => !inEnglish.has(name)),
          key,
        ).toEqual([])
      else expect(values(text), key).toEqual(inEnglish)
    }
  })

  it('states no limit in digits', () => {
    const limit = /\d (s|min|hours?|px|MB|fps|characters)\b|\d (秒|分钟|小时|像素|张|个字符)/
    for (const [key, text] of texts) expect(text, key).not.toMatch(limit)
  })

  it('leaves no text empty', () => {
    for (const [key, text] of texts) expect(text.trim(), key).not.toBe('')
  })

  it('is chosen by its own locale', () => {
    expect(languageOf(locale)).toBe(id)
  })
})
