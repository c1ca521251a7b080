import type { FailureAction, Job, ProviderDescription } from '../../../preload/contract'
import { needsAttention } from '../../../preload/contract/job-states'
import { fileOf } from '../../../preload/contract/mode-table'
import { places } from '../../data/failures'

/** What the button of a failure does. */
export type FailureStep =
  | { do: 'settings'; label: FailureAction; section: 'providers' | 'storage' | 'library' }
  /** Opens the provider's page for topping up in the browser. */
  | { do: 'page'; label: FailureAction; url: string }
  | { do: 'tryRegion' | 'edit' | 'retry'; label: FailureAction }
  | { do: 'none' }

/** The clip of a job in the catalog; null where it has none. */
export const clipIdOf = ({ files }: Pick<Job, 'files'>): string | null =>
  fileOf(files, 'clip')?.mediaId ?? null

/** Actions that help a job with a task otherwise: the task stays in its region, and its request is what it is. */
const withTask: Partial<Record<FailureAction, FailureAction>> = {
  'try-region': 'enter-key',
  'change-prompt': 'try-again',
  'fix-file': 'try-again',
  'contact-provider': 'try-again',
  none: 'try-again',
}

/** What helps after a failure. */
export const helpOf = ({ failure, resumes }: Pick<Job, 'failure' | 'resumes'>): FailureAction => {
  const action = failure?.action ?? 'try-again'
  return (resumes ? withTask[action] : undefined) ?? action
}

/** The one step that helps after a failure; `provider` is the job's. */
export const failureStep = (
  job: Pick<Job, 'failure' | 'canRetry' | 'files' | 'state' | 'resumes'>,
  provider?: Pick<ProviderDescription, 'pages' | 'sibling'>,
): FailureStep => {
  const action = helpOf(job)
  const retryWith = (label: FailureAction): FailureStep =>
    job.canRetry ? { do: 'retry', label } : { do: 'none' }
  switch (action) {
    case 'enter-key':
    case 'set-up-bucket':
    case 'choose-folder':
      return { do: 'settings', label: action, section: places[action].section }
    case 'try-region':
      return provider?.sibling
        ? { do: 'tryRegion', label: action }
        : { do: 'settings', label: 'enter-key', section: 'providers' }
    case 'top-up':
      // The bucket's storage has to be paid, not the provider.
      if (job.failure && 'bucket' in job.failure.text.values)
        return { do: 'settings', label: 'set-up-bucket', section: 'storage' }
      return provider?.pages
        ? { do: 'page', label: action, url: provider.pages.billing }
        : retryWith('try-again')
    case 'change-prompt':
    case 'fix-file':
      return clipIdOf(job) !== null ? { do: 'edit', label: action } : retryWith('try-again')
    case 'none':
    case 'contact-provider':
      return { do: 'none' }
    default:
      return retryWith(action)
  }
}

/** Whether to offer trying again besides the step, for afterwards. */
export const mayFollow = (step: FailureStep, { canRetry }: Pick<Job, 'canRetry'>): boolean =>
  canRetry && (step.do === 'settings' || step.do === 'page')

/** Milliseconds to wait when a service does not say how long. */
const usualWait = 60_000

/** When an edit that has to wait may be sent again, in ms since the epoch. */
export const waitUntil = (job: Pick<Job, 'failure' | 'updatedAt'>): number =>
  job.failure?.until ?? job.updatedAt + usualWait

/** What happens next to a job in progress. */
type NextStep =
  | { say: 'queued' | 'preparing' | 'uploading' | 'submitting' | 'asking' | 'downloading' }
  /** At `at`, ms since the epoch, the provider is asked, a step that failed or a held job is tried again. */
  | { verb: 'asks' | 'tries' | 'alone'; at: number }

/** What the app does next for a job; null when nothing more happens by itself. */
export const nextStep = (
  job: Pick<Job, 'state' | 'nextPollAt' | 'failure'> & Partial<Pick<Job, 'trouble'>>,
): NextStep | null => {
  if (needsAttention(job))
    return job.nextPollAt === null ? null : { verb: 'alone', at: job.nextPollAt }
  switch (job.state) {
    case 'queued':
    case 'preparing':
    case 'uploading':
    case 'submitting':
    case 'downloading':
      return job.trouble && job.nextPollAt !== null
        ? { verb: 'tries', at: job.nextPollAt }
        : { say: job.state }
    case 'pending':
    case 'running':
      return job.nextPollAt === null ? { say: 'asking' } : { verb: 'asks', at: job.nextPollAt }
    default:
      return null
  }
}

/** Whole seconds from now until `at` (both in ms), rounded up, never negative. */
export const secondsUntil = (at: number, now: number): number =>
  Math.max(0, Math.ceil((at - now) / 1000))
