import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import * as format from '../format'
import { keepTogether } from './keep-together'
import { useLanguage } from './use-language'

/** The formats of renderer/format.ts in the person's language, each figure in one piece. */
export const useFormat = () => {
  const language = useLanguage()
  const { t } = useTranslation()
  return useMemo(() => {
    const money = (amount: number, currency: string) =>
      keepTogether(format.formatMoney(amount, currency, language))
    return {
      seconds: (value: number, digits?: number) =>
        keepTogether(format.formatSeconds(value, language, digits)),
      bytes: (value: number) => keepTogether(format.formatBytes(value, language)),
      pixels: (width: number, height: number) => keepTogether(format.formatPixels(width, height)),
      timecode: format.formatTimecode,
      money,
      /** An amount, or a range where it is not known exactly. */
      moneyRange: (least: number, most: number | null | undefined, currency: string) =>
        typeof most === 'number'
          ? t('common.range', { least: money(least, currency), most: money(most, currency) })
          : money(least, currency),
      price: (amount: number, currency: string) =>
        keepTogether(format.formatPrice(amount, currency, language)),
      month: (month: string) => format.formatMonth(month, language),
      list: (names: readonly string[]) => format.formatList(names, language),
      percent: (fraction: number) => format.formatPercent(fraction, language),
      count: (value: number) => format.formatCount(value, language),
      span: (milliseconds: number) => keepTogether(format.formatSpan(milliseconds, language)),
      dateTime: (time: number) => format.formatDateTime(time, language),
    }
  }, [language, t])
}
