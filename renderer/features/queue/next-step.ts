import type { FailureAction, Job, ProviderDescription } from '../../../preload/contract'

/** What the one button of a failure does. */
export type FailureStep =
  | { do: 'settings'; label: FailureAction; section: 'providers' | 'storage' | 'library' }
  /** Where an account is topped up: the provider's page in the browser. */
  | { do: 'page'; label: FailureAction; url: string }
  /** Asks the other region about the key, and sends the edit there. */
  | { do: 'region'; label: FailureAction }
  | { do: 'edit'; label: FailureAction }
  | { do: 'retry'; label: FailureAction }
  | { do: 'none' }

const sections = {
  'enter-key': 'providers',
  'set-up-bucket': 'storage',
  'choose-folder': 'library',
} as const

/** The one next step after a job that did not succeed; `provider` is the job's. */
export const failureStep = (
  job: Pick<Job, 'failure' | 'canRetry' | 'clipId' | 'state'>,
  provider?: Pick<ProviderDescription, 'pages' | 'sibling'>,
): FailureStep => {
  const action = job.failure?.action ?? 'try-again'
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
      // It is the storage that wants to be paid, not the provider.
      if (job.failure && 'bucket' in job.failure.text.values)
        return { do: 'settings', label: 'set-up-bucket', section: 'storage' }
      if (provider?.pages) return { do: 'page', label: action, url: provider.pages.billing }
      return job.canRetry ? { do: 'retry', label: 'try-again' } : { do: 'none' }
    case 'change-prompt':
    case 'fix-file':
      if (job.clipId !== null) return { do: 'edit', label: action }
      return job.canRetry ? { do: 'retry', label: 'try-again' } : { do: 'none' }
    case 'none':
    case 'contact-provider':
      return { do: 'none' }
    default:
      return job.canRetry ? { do: 'retry', label: action } : { do: 'none' }
  }
}

/** Whether trying again makes sense once that step was taken elsewhere. */
export const mayFollow = (step: FailureStep, { canRetry }: Pick<Job, 'canRetry'>): boolean =>
  canRetry && (step.do === 'settings' || step.do === 'page')

/** Milliseconds after which services take requests again that say no time (PROVIDERS.md §2.3). */
const usualWait = 60_000

/** When an edit that has to wait may be sent again; ms since the epoch. */
export const waitUntil = (job: Pick<Job, 'failure' | 'updatedAt'>): number =>
  job.failure?.until ?? job.updatedAt + usualWait

/** What happens next to a job on its way, said in one line that may count down to a moment. */
export type NextStep =
  | { say: 'queued' | 'preparing' | 'uploading' | 'submitting' | 'asking' | 'downloading' }
  /** Counts down to `at`, ms since the epoch. */
  | { say: 'asks-again'; at: number }
  /** What went wrong is tried again at `at`. */
  | { say: 'tries-again'; at: number }

/** What the app does next for a job; null where nothing more happens by itself. */
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

/** Whole seconds from now until a moment, never negative: 9.2 s left reads as 10, none left as 0. */
export const secondsUntil = (at: number, now: number): number =>
  Math.max(0, Math.ceil((at - now) / 1000))
