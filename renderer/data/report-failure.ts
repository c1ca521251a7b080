import i18next from 'i18next'
import type { FailureAction } from '../../preload/contract'
import { sayNow } from '../language'
import { show } from '../navigation'
import { toast } from '../ui/toast-store'
import { AnswerFailure, wasCancelled } from './answer-failure'

/** The verb that helps after a failure, where a button can; otherwise the sentence alone says it. */
export const helpFor = (
  action: FailureAction | undefined,
): { label: string; run: () => void } | undefined => {
  switch (action) {
    case 'set-up-bucket':
      return {
        label: i18next.t('common.actions.set-up-bucket'),
        run: () => show('settings', 'storage'),
      }
    case 'choose-folder':
      return {
        label: i18next.t('common.actions.choose-folder'),
        run: () => show('settings', 'library'),
      }
    case 'enter-key':
    case 'try-region':
    case 'top-up':
    case 'reconnect':
    case 'contact-provider':
      return {
        label: i18next.t(`common.actions.${action}`),
        run: () => show('settings', 'providers'),
      }
    case 'change-prompt':
    case 'fix-file':
      return { label: i18next.t(`common.actions.${action}`), run: () => show('edit') }
    default:
      return undefined
  }
}

/** Tells the person that something did not work; work that they stopped themselves is no news. */
export const reportFailure = (error: unknown): void => {
  if (wasCancelled(error)) return
  if (error instanceof AnswerFailure) {
    toast({ level: 'fail', text: sayNow(error.text), action: helpFor(error.error.action) })
    return
  }
  const message = error instanceof Error ? error.message : String(error)
  toast({ level: 'fail', text: i18next.t('common.problem', { message }) })
}
