import { useMemo } from 'react'
import type { Job, UncertainDecision } from '../../../preload/contract'
import { withinLimits } from '../../data/cost-question'
import { useCopy, useOpenLink } from '../../data/use-app'
import {
  useCancelJob,
  useRemoveJobs,
  useResolveJob,
  useRetryJob,
  useSeenJobs,
} from '../../data/use-jobs'
import { useTryRegion } from '../../data/use-providers'
import { show } from '../../navigation'
import { clipIdOf } from './next-step'

/** The commands of a row in the queue. */
export type QueueActions = ReturnType<typeof useQueueActions>

/** The commands of the queue; always the same object, so that rows are not rendered again. */
export const useQueueActions = () => {
  const { mutate: cancel } = useCancelJob()
  const { mutate: retry } = useRetryJob()
  const { mutate: resolve } = useResolveJob()
  const { mutate: remove } = useRemoveJobs()
  const { mutate: seen } = useSeenJobs()
  const { mutate: openLink } = useOpenLink()
  const { mutate: tryRegion } = useTryRegion()
  const copy = useCopy()
  return useMemo(() => {
    const again = (job: Job, provider?: Job['provider']) =>
      withinLimits(job.resumes ? [] : [job.estimate], () =>
        retry(
          { id: job.id, ...(provider ? { provider } : {}) },
          { onSuccess: ({ id }) => id !== job.id && seen([job.id]) },
        ),
      )
    return {
      cancel: (job: Job) => cancel(job.id),
      /** Goes on with the task if there is one. Else submits the edit as a new job and marks the old one as seen. */
      retry: (job: Job) => again(job),
      resolve: (job: Job, decision: UncertainDecision) => resolve({ id: job.id, decision }),
      /** Removes jobs from the queue. */
      remove: (jobs: readonly Job[]) => remove(jobs.map((job) => job.id)),
      /** Shows the result in the library. */
      show: (job: Job) => show('library', job.libraryId),
      /** Shows the clip in Edit, with its draft. */
      edit: (job: Job) => show('edit', clipIdOf(job)),
      settings: (section: 'providers' | 'storage' | 'library') => show('settings', section),
      /** Opens a page of the provider in the browser. */
      open: (url: string) => openLink(url),
      /** Tries the key in the other region; if it is accepted there, sends the edit there. */
      tryRegion: (job: Job) => tryRegion(job.provider, { onSuccess: ({ id }) => again(job, id) }),
      copy,
    }
  }, [cancel, retry, resolve, remove, seen, openLink, tryRegion, copy])
}
