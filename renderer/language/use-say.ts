import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { Text } from '../../preload/contract'
import { keepTogether } from './keep-together'

/** Says a text of the contract in the person's language. */
export const useSay = () => {
  const { t } = useTranslation()
  return useCallback(
    (text: Text): string =>
      keepTogether((t as (key: string, values: Text['values']) => string)(text.key, text.values)),
    [t],
  )
}
