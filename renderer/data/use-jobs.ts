import { useMutation, useQuery } from '@tanstack/react-query'
import type { Draft, Job, ProviderId, UncertainDecision } from '../../preload/contract'
import { isUnfinished } from '../../preload/contract/job-states'
import { keys, putInList, removeFromList, useCall } from './client'
import { answered } from './failures'

const remember = (job: Job) => putInList(keys.jobs, [job])

const list = { queryKey: keys.jobs, queryFn: () => answered(window.reshoot.jobs.list()) }

/** Every job in the queue. */
export const useJobs = () => useQuery(list)

/** Number of jobs that are in progress or wait for a decision. */
export const useActiveJobs = (): number =>
  useQuery({ ...list, select: (jobs) => jobs.filter(({ state }) => isUnfinished(state)).length })
    .data ?? 0

/** Progress of several submissions. */
export interface SubmitRun {
  /** Number of edits that became jobs. */
  done: number
  total: number
}

/**
 * Submits edits one after the other; main's queue decides how many run at a time. Stops at the first edit that is
 * refused and when `signal` is aborted; edits submitted before stay submitted.
 */
export const submitAll = async (
  drafts: readonly Draft[],
  { onRun, signal }: { onRun?: (run: SubmitRun) => void; signal?: AbortSignal } = {},
): Promise<Job[]> => {
  const jobs: Job[] = []
  for (const draft of drafts) {
    if (signal?.aborted) break
    const job = await answered(window.reshoot.jobs.submit(draft))
    remember(job)
    jobs.push(job)
    onRun?.({ done: jobs.length, total: drafts.length })
  }
  return jobs
}

export const useSubmitMany = () =>
  useMutation({ mutationFn: (drafts: readonly Draft[]) => submitAll(drafts) })

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

export const useSeenJobs = () =>
  useCall((ids: readonly string[]) => window.reshoot.jobs.seen({ ids: [...ids] }), { quiet: true })

export const useRemoveJobs = () =>
  useCall((ids: readonly string[]) => window.reshoot.jobs.remove({ ids: [...ids] }), {
    onSuccess: (_, ids) => removeFromList(keys.jobs, ids),
  })
