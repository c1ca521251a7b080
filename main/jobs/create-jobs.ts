import { rm } from 'node:fs/promises'
import type { Job, ProviderDescription } from '../../preload/contract'
import type { Drive } from './drive'
import { jobError, localFailure } from './job-failures'
import { defaultTiming, type JobPorts, type Timing } from './job-ports'
import { type JobRecord, newRecord } from './job-record'
import { driveJob, isDrivable } from './job-runner'
import { hasEnded, isCancellable } from './job-states'
import { canResume, canRetry, jobView } from './job-view'
import { type JobWatch, watchJobs } from './job-watch'
import type { Jobs } from './jobs'
import { posterPath } from './poster-path'
import { noSetbacks } from './setbacks'
import { createQueues } from './work-queues'

export interface JobsOptions extends Omit<JobPorts, 'timing'> {
  describeProviders: () => readonly Pick<ProviderDescription, 'id' | 'canCancel'>[]
  newId: () => string
  /** Still of a file that the person gave to the app. */
  posterUrl: (mediaId: string) => string | null
  /** Calls back when another process has written to the database; gives the way to stop. */
  watchOtherWriters: (onChange: () => void) => () => void
  timing?: Partial<Timing>
}

/** One job under way in this process. */
interface Running {
  drive: Drive
  cancel: AbortController
  stop: AbortController
  create: AbortController
  wake: () => void
  done: Promise<void>
}

export const createJobs = (options: JobsOptions): Jobs => {
  const ports: JobPorts = { ...options, timing: { ...defaultTiming, ...options.timing } }
  const { store, clock, owner, log, timing } = ports
  const queues = createQueues()
  const running = new Map<string, Running>()
  let heart: AbortController | null = null
  let stopWatching = () => {}

  const view = (record: JobRecord): Job =>
    jobView(record, {
      live: watch.live(record.id),
      now: clock.now(),
      providerCancels: options
        .describeProviders()
        .some(({ id, canCancel }) => id === record.provider && canCancel),
      posterUrl: options.posterUrl,
    })
  const watch: JobWatch = watchJobs({ store, clock, view, interval: timing.progressInterval, log })

  const must = (id: string): JobRecord => {
    const record = store.get(id)
    if (!record) throw jobError('notFound')
    return record
  }

  /** Writes a change that does not belong to a drive, and tells of it. */
  const change = (id: string, what: Parameters<typeof store.change>[2]): JobRecord => {
    const record = store.change(id, null, what)
    if (!record) throw jobError('notFound')
    watch.changed(record)
    return record
  }

  const begin = (id: string, onlyWhile?: (job: JobRecord) => boolean): Running | null => {
    const known = running.get(id)
    if (known) return known
    if (!store.claim(id, owner)) return null
    const entry = newRunning(id)
    running.set(id, entry)
    entry.done = driveJob(entry.drive, onlyWhile)
      .catch((error: unknown) => log.error('Driving a job ended badly', { job: id, error }))
      .then(() => {
        running.delete(id)
        watch.idle(id)
        store.release(id, owner)
      })
      .catch((error: unknown) => log.error('A job could not be let go of', { job: id, error }))
      .finally(watch.settled)
    return entry
  }

  const newRunning = (id: string): Running => {
    const [cancel, stop, create] = [
      new AbortController(),
      new AbortController(),
      new AbortController(),
    ]
    let nap: AbortController | null = null
    // A call that comes while nobody sleeps counts for the next pause.
    let called = false
    const wake = () => {
      called = true
      nap?.abort()
    }
    const drive: Drive = {
      id,
      ports,
      queues,
      stop: stop.signal,
      work: AbortSignal.any([stop.signal, cancel.signal]),
      create: create.signal,
      setbacks: noSetbacks(),
      change: (what) => {
        const record = store.change(id, owner, what)
        if (!record) throw jobError('notFound')
        watch.plan(id, null)
        watch.changed(record)
        return record
      },
      progress: (fraction) => watch.progress(id, fraction),
      pause: async (milliseconds) => {
        stop.signal.throwIfAborted()
        if (!called) {
          const napping = new AbortController()
          nap = napping
          watch.plan(id, clock.now() + milliseconds)
          const signal = AbortSignal.any([stop.signal, napping.signal])
          await clock.sleep(Math.max(0, milliseconds), signal).catch((error: unknown) => {
            if (!napping.signal.aborted || stop.signal.aborted) throw error
          })
          nap = null
        }
        called = false
        watch.plan(id, null)
      },
    }
    return { drive, cancel, stop, create, wake, done: Promise.resolve() }
  }

  /** Takes every job that can be driven and is not driven by a living process. */
  const takeAll = () => {
    if (!heart) return
    for (const record of store.list()) {
      const entry = running.get(record.id)
      if (entry) passOn(entry, record)
      else if (isDrivable(record)) begin(record.id)
    }
  }

  /** Another process may have asked for the end of a job that is driven here, or settled it. */
  const passOn = (entry: Running, record: JobRecord) => {
    if (record.cancelRequested && !entry.cancel.signal.aborted) entry.cancel.abort()
    if (record.cancelRequested || !isDrivable(record)) entry.wake()
  }

  const beat = async (signal: AbortSignal) => {
    while (!signal.aborted) {
      try {
        if (running.size > 0) store.renew(owner)
        takeAll()
      } catch (error) {
        log.error('Looking after the jobs failed', { error }) // a full disk passes; the next beat tries again
      }
      await clock.sleep(timing.heartbeat, signal)
    }
  }

  const submit = (record: JobRecord): Job => {
    store.insert(record)
    watch.changed(record)
    takeAll()
    return view(must(record.id))
  }

  const retry = (record: JobRecord): Job => {
    if (canResume(record, clock.now())) {
      const resumed = change(record.id, {
        to: 'running',
        patch: { failure: null, seen: false },
        note: { reason: 'tried again' },
      })
      takeAll()
      return view(resumed)
    }
    return submit(newRecord(options.newId(), record.spec, clock.now()))
  }

  const jobs: Jobs = {
    submit: (spec) => submit(newRecord(options.newId(), spec, clock.now())),
    list: () => store.list().map(view),
    get: (id) => {
      const record = store.get(id)
      return record && view(record)
    },
    cancel: async (id) => {
      const before = view(must(id))
      if (hasEnded(before.state)) throw jobError('hasEnded')
      if (!isCancellable(before.state, true)) throw jobError('tooLate')
      if (!before.canCancel && !must(id).cancelRequested) throw jobError('cannotCancel')
      const asked = change(id, { patch: { cancelRequested: true }, note: { cancel: 'asked' } })
      const entry = running.get(id)
      if (entry) passOn(entry, asked)
      else begin(id, (job) => heart !== null || job.cancelRequested)
      return view(await cancelled(id))
    },
    retry: async (id) => {
      const record = must(id)
      if (!canRetry(record)) throw jobError('cannotRetry')
      return retry(record)
    },
    resolve: async (id, decision) => {
      const record = must(id)
      if (record.state !== 'uncertain') throw jobError('notUncertain')
      if (decision === 'look-again') {
        const failure = localFailure('uncertain', 'none')
        const again = change(id, { patch: { askPerson: false, failure }, note: { decision } })
        running.get(id)?.wake()
        takeAll()
        return view(again)
      }
      const ended = change(id, { to: 'cancelled', patch: { seen: true }, note: { decision } })
      running.get(id)?.wake()
      return decision === 'give-up'
        ? view(ended)
        : submit(newRecord(options.newId(), record.spec, clock.now()))
    },
    seen: (ids) => {
      for (const id of ids) if (store.get(id)?.seen === false) change(id, { patch: { seen: true } })
    },
    remove: (ids) => {
      const removed = store.remove(ids)
      watch.removed(removed.map((record) => record.id))
      for (const record of removed) void tidy(record)
    },
    start: () => {
      if (heart) return
      heart = new AbortController()
      const { signal } = heart
      stopWatching = options.watchOtherWriters(() => {
        watch.lookAround()
        takeAll()
      })
      beat(signal).catch((error: unknown) => {
        if (!signal.aborted) log.error('The jobs stopped being looked after', { error })
      })
    },
    wake: () => {
      for (const entry of running.values()) entry.wake()
      takeAll()
    },
    drain: async (signal) => {
      jobs.start()
      while (store.list().some(isDrivable) || running.size > 0)
        await watch.nextChange(drainInterval, signal)
    },
    stop: async () => {
      heart?.abort()
      heart = null
      stopWatching()
      const entries = [...running.values()]
      for (const entry of entries) entry.stop.abort()
      const grace = new AbortController()
      const patience = clock.sleep(timing.stopGrace, grace.signal).then(
        () => {
          for (const entry of entries) entry.create.abort()
        },
        () => {}, // all let go in time
      )
      await Promise.all(entries.map((entry) => entry.done))
      grace.abort()
      await patience
    },
    posterOf: (id) => (store.get(id)?.hasPoster ? posterPath(options.home.posters, id) : null),
    active: () => store.list().filter((record) => !hasEnded(record.state)).length,
    onChange: watch.onChange,
    onRemove: watch.onRemove,
  }

  /** Waits until the request was carried out or refused, by whoever drives the job. */
  const cancelled = async (id: string): Promise<JobRecord> => {
    const until = clock.now() + timing.cancelPatience
    for (;;) {
      const record = must(id)
      if (record.state === 'cancelled') return record
      if (record.state === 'uncertain') throw jobError('uncertain')
      if (hasEnded(record.state)) throw jobError('hasEnded')
      if (!record.cancelRequested) throw jobError('tooLate')
      if (clock.now() >= until) throw jobError('cancelLater')
      await watch.nextChange(cancelInterval)
    }
  }

  /** What a forgotten job leaves on the disk, unless the library still shows it. */
  const tidy = async (record: JobRecord) => {
    const leftovers = record.libraryId === null && record.files ? [record.files.clip.path] : []
    if (record.download && record.state !== 'saved') leftovers.push(record.download.path)
    for (const file of leftovers)
      await rm(file, { force: true }).catch((error: unknown) =>
        log.warn('A leftover could not be removed', { job: record.id, error }),
      )
  }

  return jobs
}

/** Milliseconds between two looks at what other processes did. */
const drainInterval = 500
const cancelInterval = 200
