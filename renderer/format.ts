import { type Language, languageRow } from '../preload/contract/language/languages'
import { windowTexts } from './language'

const localeOf = (language: Language) => languageRow(language).locale
const unitsOf = (language: Language) => windowTexts[language].common.unit

/** Formats by language and options: making one is slow, and lists use them in every row. */
const formats = new Map<string, Intl.NumberFormat>()

const numberFormat = (language: Language, options: Intl.NumberFormatOptions = {}) => {
  const key = `${language} ${JSON.stringify(options)}`
  const known = formats.get(key)
  if (known) return known
  const format = new Intl.NumberFormat(localeOf(language), options)
  formats.set(key, format)
  return format
}

const numbers = (language: Language, digits: number) =>
  numberFormat(language, { minimumFractionDigits: digits, maximumFractionDigits: digits })

/** 6 → "6.0 s". */
export const formatSeconds = (seconds: number, language: Language, digits = 1): string =>
  `${numbers(language, digits).format(seconds)} ${unitsOf(language).second}`

/** "12.4 MB", "13 kB" or "10 bytes"; decimal units. */
export const formatBytes = (bytes: number, language: Language): string => {
  if (bytes < 1000) {
    const form = new Intl.PluralRules(localeOf(language)).select(bytes)
    const unit = unitsOf(language)
    const word = (form === 'zero' ? undefined : unit[`byte_${form}`]) ?? unit.byte_other
    return `${numbers(language, 0).format(bytes)} ${word}`
  }
  return bytes < 1_000_000
    ? `${numbers(language, 0).format(Math.ceil(bytes / 1000))} kB`
    : `${numbers(language, bytes < 100_000_000 ? 1 : 0).format(bytes / 1_000_000)} MB`
}

/** "1920 × 1080" */
export const formatPixels = (width: number, height: number): string => `${width} × ${height}`

/** 72.5 → "01:12.500"; with hours from one hour on. */
export const formatTimecode = (seconds: number): string => {
  const milliseconds = Math.max(0, Math.round(seconds * 1000))
  const part = (value: number, digits: number) => String(value).padStart(digits, '0')
  const hours = Math.floor(milliseconds / 3_600_000)
  const minutes = Math.floor(milliseconds / 60_000) % 60
  const rest = `${part(minutes, 2)}:${part(Math.floor(milliseconds / 1000) % 60, 2)}.${part(milliseconds % 1000, 3)}`
  return hours > 0 ? `${part(hours, 2)}:${rest}` : rest
}

/** The price of one second, in an ISO 4217 currency or in 'credits'; a currency has up to three digits. */
export const formatPrice = (
  amount: number,
  currency: string,
  language: Language,
  maximumFractionDigits = 3,
): string => {
  if (currency === 'credits') {
    const count = numberFormat(language, { maximumFractionDigits: 1 })
    return `${count.format(amount)} ${unitsOf(language).credits}`
  }
  return numberFormat(language, {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    maximumFractionDigits,
  }).format(amount)
}

/** An amount in an ISO 4217 currency or in 'credits'. Amounts below 0.1 show three digits. */
export const formatMoney = (amount: number, currency: string, language: Language): string =>
  formatPrice(amount, currency, language, amount !== 0 && Math.abs(amount) < 0.1 ? 3 : 2)

/** "APIYI and EvoLink", "APIYI、EvoLink" */
export const formatList = (names: readonly string[], language: Language): string => {
  const { locale, lists } = languageRow(language)
  return new Intl.ListFormat(locale, { type: 'conjunction', style: lists }).format(names)
}

/** '2026-11' → "November 2026" */
export const formatMonth = (month: string, language: Language): string => {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return new Intl.DateTimeFormat(localeOf(language), { month: 'long', year: 'numeric' }).format(
    new Date(year, number - 1, 1),
  )
}

/** 0.345 → "35%" */
export const formatPercent = (fraction: number, language: Language): string =>
  numberFormat(language, { style: 'percent', maximumFractionDigits: 0 }).format(fraction)

/** A number with separators: "5,000". */
export const formatCount = (count: number, language: Language): string =>
  numberFormat(language).format(count)

/** A duration in milliseconds: "9 s", "2 min 5 s", "1 h 3 min". */
export const formatSpan = (milliseconds: number, language: Language): string => {
  const { hour, minute, second } = unitsOf(language)
  const seconds = Math.max(0, Math.round(milliseconds / 1000))
  if (seconds < 60) return `${seconds} ${second}`
  if (seconds < 3600) return `${Math.floor(seconds / 60)} ${minute} ${seconds % 60} ${second}`
  return `${Math.floor(seconds / 3600)} ${hour} ${Math.floor((seconds % 3600) / 60)} ${minute}`
}

export const formatDateTime = (time: number, language: Language): string =>
  new Intl.DateTimeFormat(localeOf(language), { dateStyle: 'medium', timeStyle: 'short' }).format(
    time,
  )

/** The first line of a prompt that is not blank; `otherwise` for an empty prompt. */
export const titleOf = (prompt: string, otherwise: string): string =>
  prompt
    .split('\n')
    .map((line) => line.trim())
    .find((line) => line !== '') ?? otherwise
