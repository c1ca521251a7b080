import type { Language } from '../../preload/contract'

/** The language of a locale such as 'zh_CN.UTF-8' or 'en-GB': Chinese for zh, else English. */
export const languageOf = (locale: string | undefined): Language =>
  /^zh\b/i.test((locale ?? '').replace('_', '-')) ? 'zh' : 'en'

/** The locale of the environment, in POSIX's order of priority. */
export const localeOf = (env: NodeJS.ProcessEnv): string | undefined =>
  [env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find(
    (value) => value !== undefined && value !== '',
  )
