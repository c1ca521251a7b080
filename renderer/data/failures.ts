import i18next from 'i18next'
import type { Answer, AnswerError, FailureAction, Text } from '../../preload/contract'
import { errorIdIn } from '../../preload/contract/error-id'
import { sayNow } from '../language'
import { show } from '../navigation'
import { toast } from '../ui/toast-store'
import { noteFault } from './faults'
import { openReport } from './report'

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

/** The view, and the section of Settings, where an action is carried out, and its button; other actions have none. */
export const places = {
  'set-up-bucket': { view: 'settings', section: 'storage', label: 'openSettings' },
  'choose-folder': { view: 'settings', section: 'library', label: 'openSettings' },
  'enter-key': { view: 'settings', section: 'providers', label: 'openSettings' },
  'try-region': { view: 'settings', section: 'providers', label: 'openSettings' },
  'top-up': { view: 'settings', section: 'providers', label: 'openSettings' },
  reconnect: { view: 'settings', section: 'providers', label: 'openSettings' },
  'contact-provider': { view: 'settings', section: 'providers', label: 'openSettings' },
  'change-prompt': { view: 'edit', section: null, label: 'changePrompt' },
  'fix-file': { view: 'edit', section: null, label: 'showClip' },
} as const satisfies Partial<Record<FailureAction, object>>

const hasPlace = (action: FailureAction): action is keyof typeof places => action in places

/** The button that helps after a failure; undefined where no button can. */
const buttonFor = (action: FailureAction | undefined) => {
  if (!action || !hasPlace(action)) return undefined
  const { view, section, label } = places[action]
  return { label: i18next.t(`common.actions.${label}`), run: () => show(view, section) }
}

const reportButton = (errorId: string) => ({
  label: i18next.t('common.report.open'),
  run: () => openReport(errorId),
})

/** A sentence of main, and the report where it is about an unexpected error. */
export const noticeToast = (text: Text) => {
  const errorId = errorIdIn(text)
  return { text: sayNow(text), action: errorId === null ? undefined : reportButton(errorId) }
}

/** The sentence about an error, and the button that helps. */
export const failureToast = (error: unknown) => {
  if (error instanceof AnswerFailure) {
    const { text, action } = noticeToast(error.text)
    return {
      text,
      action: action ?? buttonFor(error.error.action),
      details: error.text.values['tool']?.toString(),
    }
  }
  const message = error instanceof Error ? error.message : String(error)
  const id = noteFault(error)
  return { text: i18next.t('common.problem', { message, id }), action: reportButton(id) }
}

/** Shows an error as a toast, except when the person cancelled the work. */
export const reportFailure = (error: unknown): void => {
  if (!wasCancelled(error)) toast({ level: 'fail', ...failureToast(error) })
}
