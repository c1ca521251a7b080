import type { Job } from '../../../preload/contract'
import { hasEnded, needsAttention, needsDecision } from '../../../preload/contract/job-states'

/** The section of a job: in progress (`way`), waiting for the person (`needs`), or finished. */
export type Section = 'way' | 'needs' | 'finished'

/**
 * The section of a job.
 *
 * A held job needs the person until what holds it is mended, an `uncertain` one until it is settled; a failed or
 * expired one until it is marked as seen, which means that the person has dealt with it.
 */
export const sectionOf = (job: Pick<Job, 'state' | 'seen' | 'failure'>): Section => {
  const { state, seen } = job
  if (!hasEnded(state)) return needsAttention(job) ? 'needs' : 'way'
  const isNewFailure = !seen && (state === 'failed' || state === 'expired')
  return needsDecision(state) || isNewFailure ? 'needs' : 'finished'
}

/** The jobs by section, newest first. */
export const intoSections = (jobs: readonly Job[]): Record<Section, Job[]> => {
  const sorted = jobs.toSorted((a, b) => b.createdAt - a.createdAt)
  return { way: [], needs: [], finished: [], ...Object.groupBy(sorted, sectionOf) }
}

/** The ids of finished jobs that are not marked as seen yet. */
export const newlySeen = (jobs: readonly Job[]): string[] =>
  jobs.filter((job) => !job.seen && sectionOf(job) === 'finished').map((job) => job.id)

/** Milliseconds that a finished row stays in the queue after its last change. */
const staying = 60 * 60_000

/** Finished jobs without those that were seen and ended some time ago. `now` in ms since the epoch. */
export const withoutEarlier = (finished: readonly Job[], now: number): Job[] =>
  finished.filter((job) => !job.seen || now - job.updatedAt < staying)
