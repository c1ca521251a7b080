import i18next from 'i18next'
import type { Answer, AnswerError, FailureAction, Text } from '../../preload/contract'
import { sayNow } from '../language'
import { show } from '../navigation'
import { toast } from '../ui/toast-store'

/** An error answered by main, with the sentence and the action for the person. */
export class AnswerFailure extends Error {
  override readonly name = 'AnswerFailure'
  constructor(readonly error: AnswerError) {
    super(`${error.code}: ${error.message}`)
  }

  get text(): Text {
    return this.error.text
  }
}

/** The value of an answer; throws `AnswerFailure` when it is an error. */
export const answered = async <T>(answer: Promise<Answer<T>>): Promise<T> => {
  const settled = await answer
  if (settled.ok) return settled.value
  throw new AnswerFailure(settled.error)
}

/** Whether the person stopped the work: then there is nothing to report. */
export const wasCancelled = (error: unknown): boolean =>
  error instanceof AnswerFailure && error.error.code === 'cancelled'

/** The button that helps after a failure; undefined where no button can. */
const buttonFor = (
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

/** Shows an error as a toast, except when the person cancelled the work. */
export const reportFailure = (error: unknown): void => {
  if (wasCancelled(error)) return
  if (error instanceof AnswerFailure) {
    toast({ level: 'fail', text: sayNow(error.text), action: buttonFor(error.error.action) })
    return
  }
  const message = error instanceof Error ? error.message : String(error)
  toast({ level: 'fail', text: i18next.t('common.problem', { message }) })
}
