import i18next from 'i18next'
import { useCallback, useRef, useState } from 'react'
import { create } from 'zustand'
import type { Draft, Job } from '../../preload/contract'
import { show } from '../navigation'
import { toast } from '../ui/toast-store'
import { client, keys, putInList } from './client'
import { contentOf } from './draft-checks'
import { flushDrafts } from './draft-store'
import { answered, failureToast, reportFailure } from './failures'

/** A submission of several edits, so far. */
export interface SubmitRun {
  /** The jobs that the edits became. */
  jobs: readonly Job[]
  total: number
  /** Why the next edit was not submitted. */
  failure?: unknown
}

/** What was sent by runs that failed or were stopped, as the contents of the drafts. */
const useSent = create<ReadonlySet<string>>(() => new Set())

/** The drafts that remain after an unfinished run, so that no edit is paid twice; all drafts if nothing remains. */
const remainingOf = (drafts: readonly Draft[], sent: ReadonlySet<string>): readonly Draft[] => {
  if (sent.size === 0) return drafts
  const remaining = drafts.filter((draft) => !sent.has(contentOf(draft)))
  return remaining.length > 0 ? remaining : drafts
}

/** Gives a function that leaves out of a list of drafts what an unfinished run of the list has sent. */
export const useRemaining = () => {
  const sent = useSent()
  return useCallback((drafts: readonly Draft[]) => remainingOf(drafts, sent), [sent])
}

/**
 * Submits what remains of these drafts one after the other; main's queue decides how many run at a time. Stops at the
 * first edit that is refused and when `signal` is aborted; edits submitted before stay submitted.
 */
export const submitAll = async (
  drafts: readonly Draft[],
  { onRun, signal }: { onRun?: (run: SubmitRun) => void; signal?: AbortSignal } = {},
): Promise<SubmitRun> => {
  const remaining = remainingOf(drafts, useSent.getState())
  let run: SubmitRun = { jobs: [], total: remaining.length }
  onRun?.(run)
  try {
    for (const draft of remaining) {
      if (signal?.aborted) break
      const job = await answered(window.reshoot.jobs.submit(draft))
      putInList(keys.jobs, [job])
      run = { ...run, jobs: [...run.jobs, job] }
      onRun?.(run)
    }
  } catch (failure) {
    run = { ...run, failure }
  }
  const sent = new Set(useSent.getState())
  if (run.jobs.length === run.total) for (const draft of drafts) sent.delete(contentOf(draft))
  else for (const draft of remaining.slice(0, run.jobs.length)) sent.add(contentOf(draft))
  useSent.setState(sent, true)
  void client.invalidateQueries({ queryKey: keys.prompts })
  return run
}

/** Says how many edits were submitted, with a link to the queue, and why the next one was not. */
export const reportRun = ({ jobs, total, failure }: SubmitRun): void => {
  const done = jobs.length
  if (done === 0) {
    if (failure !== undefined) reportFailure(failure)
    return
  }
  const showQueue = {
    label: i18next.t('edit.submit.showQueue'),
    run: () => show('queue', jobs[0]?.id ?? null),
  }
  if (failure === undefined) {
    const text = i18next.t('edit.submit.sent', { count: done })
    toast({ level: 'pass', text, action: showQueue })
  } else {
    const { text: reason, action = showQueue } = failureToast(failure)
    const text = i18next.t('edit.submit.partly', { done, total, next: done + 1, reason })
    toast({ level: 'fail', text, action })
  }
}

/** Submits edits and reports the outcome. `run` is null while nothing is submitted; `stop` ends it after the current edit. */
export const useSubmitRun = () => {
  const [run, setRun] = useState<SubmitRun | null>(null)
  const stopper = useRef<AbortController | null>(null)
  const start = async (drafts: readonly Draft[]) => {
    const controller = new AbortController()
    stopper.current = controller
    flushDrafts()
    reportRun(await submitAll(drafts, { onRun: setRun, signal: controller.signal }))
    setRun(null)
  }
  return { run, start, stop: () => stopper.current?.abort() }
}
