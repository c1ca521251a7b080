import type { JobState } from './job'

// Kept apart from the schemas, so that the window can use them without loading zod.

const ends: ReadonlySet<JobState> = new Set([
  'saved',
  'failed',
  'cancelled',
  'expired',
  'uncertain',
])

/** Whether the job does nothing more by itself. An `uncertain` job has ended, but may still be settled. */
export const hasEnded = (state: JobState): boolean => ends.has(state)

/** Whether the job waits for a decision: its create answer was lost, so nobody knows whether a task exists. */
export const needsDecision = (state: JobState): boolean => state === 'uncertain'

/** Whether the job is in progress or waits for a decision: `resume` goes on with it. */
export const isUnfinished = (state: JobState): boolean => !hasEnded(state) || needsDecision(state)

/** Whether the job ended without a result. */
export const endedWithoutResult = (state: JobState): boolean =>
  state === 'failed' || state === 'cancelled' || state === 'expired'
