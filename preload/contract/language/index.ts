import i18next from 'i18next'
import type { Text } from '../text'
import type { texts as english } from './en'
import { type Language, languages } from './languages'
import { type TableLike, tablesByLanguage } from './table'

/** The texts that main and the window both say. Texts of the window alone live in renderer/language. */
export const sharedTexts = tablesByLanguage(
  import.meta.glob<TableLike<typeof english>>('./*/index.ts', { eager: true, import: 'texts' }),
)

/** Keys come from data here, so the window's table of known keys cannot apply. */
type Speak = (key: string, values: Text['values']) => string

const speakers = new Map<Language, Speak>()

const speakerOf = (language: Language): Speak => {
  const known = speakers.get(language)
  if (known) return known
  const speaker = i18next.createInstance()
  void speaker.init({
    lng: language,
    fallbackLng: languages[0].id,
    initAsync: false,
    interpolation: { escapeValue: false },
    resources: Object.fromEntries(
      languages.map(({ id }) => [id, { translation: sharedTexts[id] }]),
    ),
  })
  const speak: Speak = speaker.t.bind(speaker) as Speak
  speakers.set(language, speak)
  return speak
}

/** Says a text in a language; an unknown key comes back as the key itself. */
export const say = (text: Text, language: Language): string =>
  speakerOf(language)(text.key, text.values)
