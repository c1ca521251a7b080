import type { Job } from '../../../preload/contract'

/** Where a job stands for the person: still moving, waiting for a decision, or over. */
export type Section = 'way' | 'needs' | 'finished'

/**
 * The section a job belongs to.
 *
 * An `uncertain` job needs the person until it is settled. A failed or expired one needs them until they
 * have dealt with it, which is what `seen` records for jobs that did not end well.
 */
export const sectionOf = (job: Pick<Job, 'state' | 'seen'>): Section => {
  switch (job.state) {
    case 'uncertain':
      return 'needs'
    case 'failed':
    case 'expired':
      return job.seen ? 'finished' : 'needs'
    case 'saved':
    case 'cancelled':
      return 'finished'
    default:
      return 'way'
  }
}

/** Whether nothing more happens to the job by itself and no decision is open. */
export const isOver = (job: Pick<Job, 'state' | 'seen'>): boolean => sectionOf(job) === 'finished'

/** The queue as the person reads it: newest first, in each section. */
export const intoSections = (jobs: readonly Job[]): Record<Section, Job[]> => {
  const sections: Record<Section, Job[]> = { way: [], needs: [], finished: [] }
  for (const job of [...jobs].sort((a, b) => b.createdAt - a.createdAt))
    sections[sectionOf(job)].push(job)
  return sections
}

/** Finished results that the person is looking at now for the first time. */
export const newlySeen = (jobs: readonly Job[]): string[] =>
  jobs
    .filter((job) => !job.seen && (job.state === 'saved' || job.state === 'cancelled'))
    .map((job) => job.id)

/** Milliseconds that a finished row stays in the queue after it was seen; its result is in the library. */
const staying = 60 * 60_000

/** Finished jobs without those that were seen and are over for a while. `now` in ms since the epoch. */
export const withoutEarlier = (finished: readonly Job[], now: number): Job[] =>
  finished.filter((job) => !job.seen || now - job.updatedAt < staying)
