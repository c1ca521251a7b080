import i18next from 'i18next'
import type { Language, Text } from '../text'
import { cli } from './cli'
import { contents } from './contents'
import { database } from './database'
import { edits } from './edits'
import { failures } from './failures'
import { findings } from './findings'
import { jobs } from './jobs'
import { media } from './media'
import { providers } from './providers'
import { shell } from './shell'
import { states } from './states'
import { usage } from './usage'

/**
 * The texts that main and the window both say, one table a topic, each in both languages.
 * Texts that only the window says live in renderer/language.
 */
export const sharedTexts = {
  en: {
    ...states.en,
    ...jobs.en,
    ...providers.en,
    ...findings.en,
    ...failures.en,
    ...media.en,
    ...shell.en,
    ...edits.en,
    ...cli.en,
    ...usage.en,
    ...contents.en,
    ...database.en,
  },
  zh: {
    ...states.zh,
    ...jobs.zh,
    ...providers.zh,
    ...findings.zh,
    ...failures.zh,
    ...media.zh,
    ...shell.zh,
    ...edits.zh,
    ...cli.zh,
    ...usage.zh,
    ...contents.zh,
    ...database.zh,
  },
}

/** Keys come from data here, so the window's table of known keys cannot apply. */
type Speak = (key: string, values: Text['values']) => string

const speakers = new Map<Language, Speak>()

const speakerOf = (language: Language): Speak => {
  const known = speakers.get(language)
  if (known) return known
  const speaker = i18next.createInstance()
  void speaker.init({
    lng: language,
    fallbackLng: 'en',
    initAsync: false,
    interpolation: { escapeValue: false },
    resources: { en: { translation: sharedTexts.en }, zh: { translation: sharedTexts.zh } },
  })
  const speak: Speak = speaker.t.bind(speaker) as Speak
  speakers.set(language, speak)
  return speak
}

/** Says a text in a language; an unknown key comes back as the key itself. */
export const say = (text: Text, language: Language): string =>
  speakerOf(language)(text.key, text.values)
