import { useTranslation } from 'react-i18next'
import type { Language } from '../../preload/contract'

/** The language in use. */
export const useLanguage = (): Language => (useTranslation().i18n.language === 'zh' ? 'zh' : 'en')
