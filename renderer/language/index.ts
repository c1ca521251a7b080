import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { Text } from '../../preload/contract'
import { sharedTexts } from '../../preload/contract/language'
import {
  type Language,
  languageOf,
  languageRow,
  languages,
} from '../../preload/contract/language/languages'
import { type TableLike, tablesByLanguage } from '../../preload/contract/language/table'
import type { texts as english } from './en'

/** The texts of the window alone, one table a screen; `sharedTexts` are said by main as well. */
export const windowTexts = tablesByLanguage(
  import.meta.glob<TableLike<typeof english>>('./*/index.ts', { eager: true, import: 'texts' }),
)

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof english }
    returnNull: false
  }
}

/** Everything the window says, as i18next takes it. */
export const resources = Object.fromEntries(
  languages.map(({ id }) => [id, { translation: { ...sharedTexts[id], ...windowTexts[id] } }]),
)

/** Makes the texts ready; at once, so that nothing is drawn without words. */
export const startLanguage = (language: Language): void => {
  void i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: languages[0].id,
    initAsync: false,
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
    resources,
  })
  document.documentElement.lang = languageRow(language).locale
}

export const changeLanguage = (language: Language): void => {
  document.documentElement.lang = languageRow(language).locale
  if (i18next.language !== language) void i18next.changeLanguage(language)
}

/** Says a text of the contract outside components. */
export const sayNow = (text: Text): string =>
  (i18next.t as (key: string, values: Text['values']) => string)(text.key, text.values)

/** The language before Settings were read. */
export const languageOfSystem = (): Language => languageOf(navigator.language)
