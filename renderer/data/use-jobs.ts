import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import type { Draft, Job, ProviderId, UncertainDecision } from '../../preload/contract'
import { client, keys, putInList, removeFromList, useCall } from './client'
import { answered } from './failures'
import {
  countJobs,
  type JobCounts,
  noJobs,
  type Submitted,
  submittedBefore,
  submittedByClip,
} from './submitted'

const remember = (job: Job) => putInList(keys.jobs, [job])

const list = { queryKey: keys.jobs, queryFn: () => answered(window.reshoot.jobs.list()) }

/** Every job in the queue. */
export const useJobs = () => useQuery(list)

/** Numbers of jobs: of those in progress, of those that need the person, and of results that were not looked at. */
export const useJobCounts = (): JobCounts => useQuery({ ...list, select: countJobs }).data ?? noJobs

const nothing: Record<string, Submitted> = {}

/** What became of the edits of each clip, by the clip's id. */
export const useSubmitted = (): Record<string, Submitted> =>
  useQuery({ ...list, select: submittedByClip }).data ?? nothing

/** Gives a function that says whether an edit was submitted just as it is. */
export const useSubmittedBefore = (): ((edit: Draft) => boolean) => {
  const { data } = useJobs()
  return useMemo(() => submittedBefore(data ?? []), [data])
}

export const useCancelJob = () =>
  useCall((id: string) => window.reshoot.jobs.cancel({ id }), { onSuccess: remember })

/** Makes a new job with the same edit, at another provider if one is given. */
export const useRetryJob = () =>
  useCall((input: { id: string; provider?: ProviderId }) => window.reshoot.jobs.retry(input), {
    onSuccess: remember,
  })

export const useResolveJob = () =>
  useCall(
    (input: { id: string; decision: UncertainDecision }) => window.reshoot.jobs.resolve(input),
    { onSuccess: remember },
  )

/** Settles an uncertain job by its task; the dialog shows a refusal itself. */
export const useSettleByTask = () =>
  useCall(
    ({ id, taskId }: { id: string; taskId: string }) =>
      window.reshoot.jobs.resolve({ id, decision: { kind: 'arrived', taskId } }),
    { onSuccess: remember, quiet: true },
  )

export const useSeenJobs = () =>
  useCall((ids: readonly string[]) => window.reshoot.jobs.seen({ ids: [...ids] }), { quiet: true })

/** Milliseconds after which a job on screen counts as seen. */
const seenAfter = 1500

/** Marks jobs as seen once they have been on screen for a moment. */
export const useMarkSeen = (jobIds: readonly string[]): void => {
  const { mutate: seen } = useSeenJobs()
  const ids = jobIds.join(' ')
  useEffect(() => {
    if (ids === '') return
    const timer = setTimeout(() => {
      if (document.visibilityState === 'visible') seen(ids.split(' '))
    }, seenAfter)
    return () => clearTimeout(timer)
  }, [ids, seen])
}

export const useRemoveJobs = () =>
  useCall((ids: readonly string[]) => window.reshoot.jobs.remove({ ids: [...ids] }), {
    onSuccess: (_, ids) => removeFromList(keys.jobs, ids),
  })

/** Whether no job is driven after a crash loop, until the person goes on. */
export const useQueuePaused = (): boolean =>
  useQuery({ queryKey: keys.paused, queryFn: () => answered(window.reshoot.jobs.isPaused()) })
    .data ?? false

export const useGoOn = () =>
  useCall(() => window.reshoot.jobs.goOn(), {
    onSuccess: () => client.setQueryData(keys.paused, false),
  })
