import { useTranslation } from 'react-i18next'
import { type Language, languages } from '../../preload/contract/language/languages'

/** The language in use. */
export const useLanguage = (): Language => {
  const { language } = useTranslation().i18n
  return languages.find(({ id }) => id === language)?.id ?? languages[0].id
}
