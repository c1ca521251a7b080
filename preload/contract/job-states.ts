import type { Job, JobState } from './job'

// Kept apart from the schemas, so that the window can use them without loading zod.

const ends: readonly JobState[] = ['saved', 'failed', 'cancelled', 'expired', 'uncertain']

/** Whether the job does nothing more by itself. An `uncertain` job has ended, but may still be settled. */
export const hasEnded = (state: JobState): boolean => ends.includes(state)

/** Whether the job waits for a decision: its create answer was lost, so nobody knows whether a task exists. */
export const needsDecision = (state: JobState): boolean => state === 'uncertain'

/** Whether the job is in progress or waits for a decision: `resume` goes on with it. */
export const isUnfinished = (state: JobState): boolean => !hasEnded(state) || needsDecision(state)

/**
 * Whether a job whose task exists waits until something is mended: a key, a folder, free space, the service. It is
 * tried again from time to time, and at once when a person asks for it.
 */
export const needsAttention = ({ state, failure }: Pick<Job, 'state' | 'failure'>): boolean =>
  !hasEnded(state) && failure !== null

/** Whether the job goes on without a person: it is driven, or looked for at its provider. */
export const isUnderWay = (job: Pick<Job, 'state' | 'failure' | 'looking'>): boolean =>
  hasEnded(job.state) ? job.looking === true : !needsAttention(job)

/** Whether the job ended without a result. */
export const endedWithoutResult = (state: JobState): boolean =>
  state === 'failed' || state === 'cancelled' || state === 'expired'
