import { useMutation, useQuery } from '@tanstack/react-query'
import type { Draft, Job, ProviderId, UncertainDecision } from '../../preload/contract'
import { answered } from './answer-failure'
import { client } from './client'
import { keys } from './keys'
import { withItem, withoutIds } from './list-cache'

const remember = (job: Job) =>
  client.setQueryData<Job[]>(keys.jobs, (list) => withItem(list ?? [], job))

const list = { queryKey: keys.jobs, queryFn: () => answered(window.reshoot.jobs.list()) }

/** Every edit that was submitted. */
export const useJobs = () => useQuery(list)

const ended = new Set<Job['state']>(['saved', 'failed', 'cancelled', 'expired'])

/** How many edits are on their way or wait for a decision. */
export const useActiveJobs = (): number =>
  useQuery({ ...list, select: (jobs) => jobs.filter(({ state }) => !ended.has(state)).length })
    .data ?? 0

/** How a run of submissions stands. */
export interface SubmitRun {
  /** Edits that became jobs. */
  done: number
  total: number
}

/**
 * Submits one edit after the other; main's queue decides how many run at a time. Stops at the first that is refused,
 * or when `signal` says so; those before it stay submitted.
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
  useMutation({
    mutationFn: (id: string) => answered(window.reshoot.jobs.cancel({ id })),
    onSuccess: remember,
  })

/** A new job with the same edit, at another provider if one is named. */
export const useRetryJob = () =>
  useMutation({
    mutationFn: (input: { id: string; provider?: ProviderId }) =>
      answered(window.reshoot.jobs.retry(input)),
    onSuccess: remember,
  })

export const useResolveJob = () =>
  useMutation({
    mutationFn: (input: { id: string; decision: UncertainDecision }) =>
      answered(window.reshoot.jobs.resolve(input)),
    onSuccess: remember,
  })

export const useSeenJobs = () =>
  useMutation({
    mutationFn: (ids: readonly string[]) => answered(window.reshoot.jobs.seen({ ids: [...ids] })),
    meta: { quiet: true },
  })

export const useRemoveJobs = () =>
  useMutation({
    mutationFn: (ids: readonly string[]) => answered(window.reshoot.jobs.remove({ ids: [...ids] })),
    onSuccess: (_, ids) =>
      client.setQueryData<Job[]>(keys.jobs, (jobs) => withoutIds(jobs ?? [], ids)),
  })
