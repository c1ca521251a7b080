import { type FailureAction, type Job, providerTable } from '../../../preload/contract'
import type { ProviderData } from '../../../preload/contract/provider-row'
import type { Speak } from './words'

/** The step that helps after a failure, as a sentence; null where nothing does, or where the failure says it itself. */
export const whatToDo = (job: Job, speak: Speak): string | null => {
  const { failure } = job
  if (!failure) return null
  const row: ProviderData = providerTable[job.provider]
  switch (failure.action) {
    case 'enter-key':
      return row.keyVariable && speak('cli.step_enter-key', { variable: row.keyVariable })
    case 'try-region':
      return speak('tryRegion', failure.text.values)
    case 'top-up': {
      const isStorage = 'bucket' in failure.text.values
      return row.pages && !isStorage ? speak('cli.step_top-up', { page: row.pages.billing }) : null
    }
    case 'contact-provider':
      return speak('cli.step_contact-provider', { id: requestOf(job) })
    default:
      return stepFor(failure.action, speak, job.resumes)
  }
}

const stepFor = (
  action: FailureAction,
  speak: Speak,
  resumes: boolean | undefined,
): string | null => {
  // A task that exists is gone on with in the window.
  const again = resumes ? 'resume' : 'submit'
  switch (action) {
    case 'try-again':
    case 'wait':
    case 'reconnect':
    case 'free-space':
      return speak(`cli.step_${action}`, { again })
    case 'change-prompt':
    case 'fix-file':
    case 'choose-folder':
      return speak(`cli.step_${action}`)
    default:
      return null
  }
}

const requestOf = ({ failure, requestId, taskId, id }: Job): string =>
  failure?.provider?.requestId ?? requestId ?? taskId ?? id

/** Sentences after one another; what a service says may lack its full stop. */
export const sentences = (parts: readonly (string | null)[], speak: Speak): string =>
  parts
    .filter((part) => part !== null)
    .reduce((said, next) => {
      const ended = /[.!?…。！？]$/u.test(said) ? said : speak('cli.full_stop', { said })
      return speak('cli.followed', { said: ended, next })
    })
