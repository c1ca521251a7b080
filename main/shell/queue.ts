import type { Jobs } from '../jobs/jobs'
import type { Start } from '../start/crash-loop'

/** The jobs of the window, which are paused after a crash loop until the person goes on. */
export type Queue = ReturnType<typeof createQueue>

/** After a crash loop one of the jobs may be the cause. Commands drive jobs in any case: they are a person's wish. */
export const createQueue = (
  jobs: Pick<Jobs, 'start' | 'follow'>,
  start: Pick<Start, 'afterCrashes' | 'forgive'>,
) => {
  let isPaused = start.afterCrashes
  return {
    isPaused: (): boolean => isPaused,
    /** Drives the jobs, or only shows them while they are paused. */
    open: (): void => {
      if (isPaused) jobs.follow()
      else jobs.start()
    },
    goOn: (): void => {
      if (!isPaused) return
      isPaused = false
      start.forgive()
      jobs.start()
    },
  }
}
