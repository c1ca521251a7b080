import { providerTable } from '../provider-table'
import type { Language } from '../text'

const taglines = (language: Language) => ({
  provider: Object.fromEntries(
    Object.entries(providerTable).map(([id, { tagline }]) => [id, tagline[language]]),
  ),
})

/** What each provider is, in one line, as its row says it. */
export const providers = { en: taglines('en'), zh: taglines('zh') }
