import type { FailureAction, Job } from '../../../preload/contract'

/** What the one button of a failure does. */
export type FailureStep =
  | { do: 'settings'; label: FailureAction }
  | { do: 'edit'; label: FailureAction }
  | { do: 'retry'; label: FailureAction }
  | { do: 'none' }

/** What the person can do next about a job that did not end well: one step, never several. */
export const failureStep = (
  job: Pick<Job, 'failure' | 'canRetry' | 'clipId' | 'state'>,
): FailureStep => {
  const action = job.failure?.action ?? 'try-again'
  switch (action) {
    case 'enter-key':
    case 'try-region':
    case 'set-up-bucket':
    case 'choose-folder':
      return { do: 'settings', label: action }
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

/** What happens next to a job on its way, said in one line that may count down to a moment. */
export type NextStep =
  | { say: 'queued' | 'preparing' | 'uploading' | 'submitting' | 'asking' | 'downloading' }
  /** Counts down to `at`, ms since the epoch. */
  | { say: 'asks-again'; at: number }

/** What the app does next for a job; null where nothing more happens by itself. */
export const nextStep = (job: Pick<Job, 'state' | 'nextPollAt'>): NextStep | null => {
  switch (job.state) {
    case 'queued':
    case 'preparing':
    case 'uploading':
    case 'submitting':
    case 'downloading':
      return { say: job.state }
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
