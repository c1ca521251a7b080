import { useMemo } from 'react'
import type { Job } from '../../../preload/contract'
import { withinLimits } from '../../data/cost-question'
import { useCopy } from '../../data/use-copy'
import {
  useCancelJob,
  useRemoveJobs,
  useResolveJob,
  useRetryJob,
  useSeenJobs,
} from '../../data/use-jobs'
import { useOpenLink } from '../../data/use-open-link'
import { useTryRegion } from '../../data/use-providers'
import { show } from '../../navigation'
import type { QueueActions } from './queue-actions'

/** The actions of the queue, made once so that rows are not drawn again for them. */
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
    // The new job takes its place: the old one has been dealt with.
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
