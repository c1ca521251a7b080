import type { JobState } from '../../preload/contract'

/**
 * The states that may follow each state of a job.
 *
 * Some steps go back. A rate-limited create waits in `uploading`, so that a crash meanwhile is not mistaken for a lost
 * answer. `uploading` returns to `preparing` if a prepared file is missing. A retry continues the known task of a
 * failed job (`failed → running`). An answer to a create counts even after the job has failed (`failed → pending`). A
 * task from the provider's list that turns out to belong to another computer is dropped (`running → uncertain`).
 */
export const transitions: Record<JobState, readonly JobState[]> = {
  queued: ['preparing', 'failed', 'cancelled'],
  preparing: ['uploading', 'failed', 'cancelled'],
  uploading: ['preparing', 'submitting', 'failed', 'cancelled'],
  submitting: ['uploading', 'pending', 'failed', 'cancelled', 'uncertain'],
  pending: ['running', 'downloading', 'failed', 'cancelled', 'expired', 'uncertain'],
  running: ['downloading', 'failed', 'cancelled', 'expired', 'uncertain'],
  downloading: ['saved', 'failed', 'expired'],
  saved: [],
  failed: ['pending', 'running'],
  cancelled: [],
  expired: [],
  uncertain: ['pending', 'failed', 'cancelled'],
}

export const canFollow = (from: JobState, to: JobState): boolean => transitions[from].includes(to)

/** Whether the create was not sent yet: cancelling only stops the work. */
export const isBeforeSubmit = (state: JobState): boolean =>
  state === 'queued' || state === 'preparing' || state === 'uploading'

/** Whether a job can be cancelled; no provider stops a running task (docs/providers/dashscope.md). */
export const isCancellable = (state: JobState, providerCancels: boolean): boolean =>
  isBeforeSubmit(state) || (providerCancels && (state === 'submitting' || state === 'pending'))
