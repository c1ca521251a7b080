import { useMemo } from 'react'
import { useCopy } from '../../data/use-copy'
import {
  useCancelJob,
  useRemoveJobs,
  useResolveJob,
  useRetryJob,
  useSeenJobs,
} from '../../data/use-jobs'
import { show } from '../../navigation'
import type { QueueActions } from './queue-actions'

/** The actions of the queue, made once so that rows are not drawn again for them. */
export const useQueueActions = (): QueueActions => {
  const { mutate: cancel } = useCancelJob()
  const { mutate: retry } = useRetryJob()
  const { mutate: resolve } = useResolveJob()
  const { mutate: remove } = useRemoveJobs()
  const { mutate: seen } = useSeenJobs()
  const copy = useCopy()
  return useMemo(
    () => ({
      cancel: (job) => cancel(job.id),
      // The new job takes its place: the old one has been dealt with.
      retry: (job) => retry(job.id, { onSuccess: () => seen([job.id]) }),
      resolve: (job, decision) => resolve({ id: job.id, decision }),
      remove: (jobs) => remove(jobs.map((job) => job.id)),
      show: (job) => show('library', job.libraryId),
      edit: (job) => show('edit', job.clipId),
      settings: () => show('settings', 'providers'),
      copy,
    }),
    [cancel, retry, resolve, remove, seen, copy],
  )
}
