import { useQuery } from '@tanstack/react-query'
import type { Job, ProviderId, UncertainDecision } from '../../preload/contract'
import { isUnfinished } from '../../preload/contract/job-states'
import { client, keys, putInList, removeFromList, useCall } from './client'
import { answered } from './failures'

const remember = (job: Job) => putInList(keys.jobs, [job])

const list = { queryKey: keys.jobs, queryFn: () => answered(window.reshoot.jobs.list()) }

/** Every job in the queue. */
export const useJobs = () => useQuery(list)

/** Number of jobs that are in progress or wait for a decision. */
export const useActiveJobs = (): number =>
  useQuery({ ...list, select: (jobs) => jobs.filter(({ state }) => isUnfinished(state)).length })
    .data ?? 0

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
