import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { Language, Text } from '../../preload/contract'
import { sharedTexts } from '../../preload/contract/language'
import { common } from './common'
import { edit } from './edit'
import { library } from './library'
import { queue } from './queue'
import { settings } from './settings'
import { spending } from './spending'
import { storage } from './storage'

/** The texts that only the window says, one table a screen; `sharedTexts` are said by main as well. */
export const windowTexts = {
  en: {
    common: common.en,
    edit: edit.en,
    queue: queue.en,
    library: library.en,
    settings: settings.en,
    spending: spending.en,
    storage: storage.en,
  },
  zh: {
    common: common.zh,
    edit: edit.zh,
    queue: queue.zh,
    library: library.zh,
    settings: settings.zh,
    spending: spending.zh,
    storage: storage.zh,
  },
}

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof windowTexts.en }
    returnNull: false
  }
}

/** Makes the texts ready; at once, so that nothing is drawn without words. */
export const startLanguage = (language: Language): void => {
  void i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    initAsync: false,
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
    resources: {
      en: { translation: { ...sharedTexts.en, ...windowTexts.en } },
      zh: { translation: { ...sharedTexts.zh, ...windowTexts.zh } },
    },
  })
  document.documentElement.lang = language
}

export const changeLanguage = (language: Language): void => {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
  if (i18next.language !== language) void i18next.changeLanguage(language)
}

/** Says a text of the contract outside components. */
export const sayNow = (text: Text): string =>
  (i18next.t as (key: string, values: Text['values']) => string)(text.key, text.values)

/** The language before Settings were read. */
export const languageOfSystem = (): Language =>
  navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en'
