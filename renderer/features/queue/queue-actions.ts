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

/** The commands of a row in the queue. */
export interface QueueActions {
  cancel: (job: Job) => void
  /** Submits the same edit as a new job and marks the old job as seen. */
  retry: (job: Job) => void
  resolve: (job: Job, decision: UncertainDecision) => void
  /** Removes finished jobs from the queue. */
  remove: (jobs: readonly Job[]) => void
  /** Shows the result in the library. */
  show: (job: Job) => void
  /** Shows the clip in Edit, with its draft. */
  edit: (job: Job) => void
  settings: (section: 'providers' | 'storage' | 'library') => void
  /** Opens a page of the provider in the browser. */
  open: (url: string) => void
  /** Tries the key in the other region; if it is accepted there, sends the edit there. */
  tryRegion: (job: Job) => void
  copy: (text: string) => void
}

/** The commands of the queue; always the same object, so that rows are not rendered again. */
export const useQueueActions = (): QueueActions => {
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
          { onSuccess: () => seen([job.id]) },
        ),
      )
    return {
      cancel: (job) => cancel(job.id),
      retry: (job) => again(job),
      resolve: (job, decision) => resolve({ id: job.id, decision }),
      remove: (jobs) => remove(jobs.map((job) => job.id)),
      show: (job) => show('library', job.libraryId),
      edit: (job) => show('edit', job.clipId),
      settings: (section) => show('settings', section),
      open: openLink,
      tryRegion: (job) => {
        tryRegion(job.provider, { onSuccess: ({ id }) => again(job, id) })
      },
      copy,
    }
  }, [cancel, retry, resolve, remove, seen, openLink, tryRegion, copy])
}
