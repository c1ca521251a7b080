import type { FailureAction, Job, ProviderDescription } from '../../../preload/contract'

/** What the button of a failure does. */
export type FailureStep =
  | { do: 'settings'; label: FailureAction; section: 'providers' | 'storage' | 'library' }
  /** Opens the provider's page for topping up in the browser. */
  | { do: 'page'; label: FailureAction; url: string }
  /** Tries the key in the other region and sends the edit there. */
  | { do: 'region'; label: FailureAction }
  | { do: 'edit'; label: FailureAction }
  | { do: 'retry'; label: FailureAction }
  | { do: 'none' }

const sections = {
  'enter-key': 'providers',
  'set-up-bucket': 'storage',
  'choose-folder': 'library',
} as const

/** The one step that helps after a failure; `provider` is the job's. */
export const failureStep = (
  job: Pick<Job, 'failure' | 'canRetry' | 'clipId' | 'state'>,
  provider?: Pick<ProviderDescription, 'pages' | 'sibling'>,
): FailureStep => {
  const action = job.failure?.action ?? 'try-again'
  const retryWith = (label: FailureAction): FailureStep =>
    job.canRetry ? { do: 'retry', label } : { do: 'none' }
  switch (action) {
    case 'enter-key':
    case 'set-up-bucket':
    case 'choose-folder':
      return { do: 'settings', label: action, section: sections[action] }
    case 'try-region':
      return provider?.sibling
        ? { do: 'region', label: action }
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
      return job.clipId !== null ? { do: 'edit', label: action } : retryWith('try-again')
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
  /** Counts down to `at`, ms since the epoch. */
  | { say: 'asks-again'; at: number }
  /** A step that failed is tried again at `at`. */
  | { say: 'tries-again'; at: number }

/** What the app does next for a job; null when nothing more happens by itself. */
export const nextStep = (
  job: Pick<Job, 'state' | 'nextPollAt'> & Partial<Pick<Job, 'trouble'>>,
): NextStep | null => {
  switch (job.state) {
    case 'queued':
    case 'preparing':
    case 'uploading':
    case 'submitting':
    case 'downloading':
      return job.trouble && job.nextPollAt !== null
        ? { say: 'tries-again', at: job.nextPollAt }
        : { say: job.state }
    case 'pending':
    case 'running':
      return job.nextPollAt === null ? { say: 'asking' } : { say: 'asks-again', at: job.nextPollAt }
    default:
      return null
  }
}

/** Whole seconds from now until `at` (both in ms), rounded up, never negative. */
export const secondsUntil = (at: number, now: number): number =>
  Math.max(0, Math.ceil((at - now) / 1000))
