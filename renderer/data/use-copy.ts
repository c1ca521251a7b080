import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { toast } from '../ui/toast-store'
import { answered } from './answer-failure'
import { reportFailure } from './report-failure'

/** Puts text on the clipboard and says so. */
export const useCopy = () => {
  const { t } = useTranslation()
  return useCallback(
    (text: string) => {
      answered(window.reshoot.app.copy({ text })).then(
        () => toast({ level: 'pass', text: t('common.copied') }),
        reportFailure,
      )
    },
    [t],
  )
}
