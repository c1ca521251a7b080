import type { Job, Text } from '../../preload/contract'
import type { Clock } from '../clock'
import { databaseWords } from '../database/database-words'
import { createListeners } from '../listeners'
import type { Log } from '../log'
import type { JobRecord } from './record'
import type { JobStore } from './store'
import type { Live } from './view'

/** Reports changes of jobs to listeners: new states at once, progress a few times a second. */
export interface JobWatch {
  live: (id: string) => Live | undefined
  changed: (record: JobRecord) => void
  removed: (ids: string[]) => void
  progress: (id: string, fraction: number | null) => void
  /** Sets when the provider is asked next; null when no question is planned. */
  plan: (id: string, nextPollAt: number | null) => void
  /** This process no longer drives the job. */
  idle: (id: string) => void
  /** Reports the changes that other processes have written. */
  readChanges: () => void
  /** Ends the waits in `nextChange`. */
  settled: () => void
  /** Resolves at the next change of any job, or after these milliseconds. */
  nextChange: (milliseconds: number, signal?: AbortSignal) => Promise<void>
  onChange: (listener: (job: Job) => void) => () => void
  onRemove: (listener: (ids: string[]) => void) => () => void
  /** Reports that the database failed, such as on a full disk: once until a job changes. Ignores locks, which pass. */
  failed: (error: unknown) => void
  onFailure: (listener: (why: Text) => void) => () => void
}

export interface JobWatchOptions {
  store: JobStore
  clock: Clock
  view: (record: JobRecord) => Job
  /** Least milliseconds between two progress reports of one job. */
  interval: number
  log: Log
}

export const watchJobs = ({ store, clock, view, interval, log }: JobWatchOptions): JobWatch => {
  const live = new Map<string, Live>()
  const told = new Map<string, { revision: number; state: string; at: number }>()
  const changeListeners = createListeners<Job>(log)
  const removeListeners = createListeners<string[]>(log)
  const failureListeners = createListeners<Text>(log)
  let hasFailed = false
  const waiting = new Set<() => void>()
  for (const { id, revision, state } of store.list()) told.set(id, { revision, state, at: 0 })

  const settled = () => {
    for (const wake of waiting) wake()
  }
  const emit = (record: JobRecord) => {
    const { id, revision, state } = record
    told.set(id, { revision, state, at: clock.now() })
    if (changeListeners.count() > 0) changeListeners.emit(view(record))
  }
  const changed = (record: JobRecord) => {
    hasFailed = false
    if (told.get(record.id)?.state !== record.state) live.delete(record.id)
    emit(record)
    settled()
  }
  const removed = (ids: string[]) => {
    for (const id of ids) {
      told.delete(id)
      live.delete(id)
    }
    if (ids.length > 0) removeListeners.emit(ids)
    settled()
  }
  const update = (id: string, patch: Partial<Live>, now: boolean) => {
    live.set(id, { progress: null, nextPollAt: null, ...live.get(id), ...patch })
    if (changeListeners.count() === 0) return
    if (!now && clock.now() - (told.get(id)?.at ?? 0) < interval) return
    const record = store.get(id)
    if (record) emit(record)
  }

  return {
    live: (id) => live.get(id),
    changed,
    removed,
    settled,
    progress: (id, fraction) =>
      update(
        id,
        { progress: fraction === null ? null : Math.min(Math.max(fraction, 0), 1) },
        false,
      ),
    plan: (id, nextPollAt) => {
      if ((live.get(id)?.nextPollAt ?? null) === nextPollAt) return
      update(id, { nextPollAt }, nextPollAt !== null)
    },
    idle: (id) => live.delete(id),
    readChanges: () => {
      const revisions = store.revisions()
      for (const [id, revision] of revisions) {
        if (told.get(id)?.revision === revision) continue
        const record = store.get(id)
        if (record) changed(record)
      }
      removed([...told.keys()].filter((id) => !revisions.has(id)))
    },
    nextChange: async (milliseconds, signal) => {
      signal?.throwIfAborted()
      const awake = new AbortController()
      const wake = () => awake.abort()
      waiting.add(wake)
      try {
        const either = signal ? AbortSignal.any([signal, awake.signal]) : awake.signal
        await clock.sleep(milliseconds, either).catch((error: unknown) => {
          if (!awake.signal.aborted || signal?.aborted) throw error
        })
      } finally {
        waiting.delete(wake)
      }
    },
    onChange: changeListeners.subscribe,
    onRemove: removeListeners.subscribe,
    failed: (error) => {
      const why = databaseWords(error)
      if (hasFailed || why === null || why.key === 'database.busy') return
      hasFailed = true
      failureListeners.emit(why)
      settled()
    },
    onFailure: failureListeners.subscribe,
  }
}
