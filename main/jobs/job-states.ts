import type { JobState } from '../../preload/contract'

/**
 * The life of a job as a table: from each state, where it may go (DESIGN.md).
 *
 * Going backwards is part of life: a rate-limited create waits in `uploading`, so that a crash while
 * waiting is not mistaken for a lost answer; `uploading` returns to `preparing` when a cached file is gone.
 * Out of an end: a failed job whose task is known is looked at again (`failed → running`), and an answer
 * that arrives after the job was given up for lost is still taken (`failed → pending`). A task that was found
 * in the list and turns out to be another computer's is given back (`running → uncertain`).
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

export const mayGo = (from: JobState, to: JobState): boolean => transitions[from].includes(to)

const ends: ReadonlySet<JobState> = new Set([
  'saved',
  'failed',
  'cancelled',
  'expired',
  'uncertain',
])

/** Nothing more happens by itself; `uncertain` may still be settled by the provider's list or by the person. */
export const hasEnded = (state: JobState): boolean => ends.has(state)

/** States before anything was sent: stopping the work is all there is to cancelling. */
export const isBeforeSubmit = (state: JobState): boolean =>
  state === 'queued' || state === 'preparing' || state === 'uploading'

/** States in which a person may ask for the end; once a task runs, services do not stop it (PROVIDERS.md §1.2). */
export const isCancellable = (state: JobState, providerCancels: boolean): boolean =>
  isBeforeSubmit(state) || (providerCancels && (state === 'submitting' || state === 'pending'))
