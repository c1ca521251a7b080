import { useMemo } from 'react'
import * as format from '../format'
import { useLanguage } from './use-language'

/** The formats of format.ts in the person's language. */
export const useFormat = () => {
  const language = useLanguage()
  return useMemo(
    () => ({
      seconds: (value: number, digits?: number) => format.formatSeconds(value, language, digits),
      bytes: (value: number) => format.formatBytes(value, language),
      pixels: format.formatPixels,
      timecode: format.formatTimecode,
      money: (amount: number, currency: string) => format.formatMoney(amount, currency, language),
      price: (amount: number, currency: string) => format.formatPrice(amount, currency, language),
      month: (month: string) => format.formatMonth(month, language),
      list: (names: readonly string[]) => format.formatList(names, language),
      percent: (fraction: number) => format.formatPercent(fraction, language),
      count: (value: number) => format.formatCount(value, language),
      relative: (time: number, now: number) => format.formatRelative(time, now, language),
      span: (milliseconds: number) => format.formatSpan(milliseconds, language),
      dateTime: (time: number) => format.formatDateTime(time, language),
    }),
    [language],
  )
}
