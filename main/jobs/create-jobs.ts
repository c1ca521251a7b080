import { rm } from 'node:fs/promises'
import type { Job, ProviderDescription } from '../../preload/contract'
import { jobPoster } from '../home'
import { libraryFolder } from './disk-failure'
import { createJobDriver } from './job-driver'
import { JobError, jobError, localFailure, PhaseFailedError } from './job-failures'
import { defaultTiming, type JobPorts, type Timing } from './job-ports'
import { type JobRecord, newRecord } from './job-record'
import { isDrivable } from './job-runner'
import { hasEnded, isCancellable } from './job-states'
import type { JobChange } from './job-store'
import { canResume, canRetry, jobView } from './job-view'
import { type JobWatch, watchJobs } from './job-watch'
import type { Jobs } from './jobs'
import { releaseUploads } from './release-uploads'

export interface JobsOptions extends Omit<JobPorts, 'timing'> {
  describeProviders: () => readonly Pick<ProviderDescription, 'id' | 'canCancel'>[]
  newId: () => string
  /** Still of a file that the person gave to the app. */
  posterUrl: (mediaId: string) => string | null
  /** Calls back when another process has written to the database; gives the way to stop. */
  watchOtherWriters: (onChange: () => void) => () => void
  timing?: Partial<Timing>
}

/** Why a request to cancel came to nothing. */
const notCancelled = ({ cancelFailure }: JobRecord): JobError =>
  cancelFailure
    ? new JobError('notCancelled', cancelFailure.text, cancelFailure.action)
    : jobError('tooLate')

/** Milliseconds between two looks at what other processes did. */
const drainInterval = 500
const cancelInterval = 200

export const createJobs = (options: JobsOptions): Jobs => {
  const ports: JobPorts = { ...options, timing: { ...defaultTiming, ...options.timing } }
  const { store, clock, log, timing } = ports

  const view = (record: JobRecord): Job =>
    jobView(record, {
      live: watch.live(record.id),
      providerCancels: options
        .describeProviders()
        .some(({ id, canCancel }) => id === record.provider && canCancel),
      posterUrl: options.posterUrl,
      now: clock.now(),
    })
  const watch: JobWatch = watchJobs({ store, clock, view, interval: timing.progressInterval, log })
  const driver = createJobDriver(ports, watch, options.watchOtherWriters)

  const must = (id: string): JobRecord => {
    const record = store.get(id)
    if (!record) throw jobError('notFound')
    return record
  }

  /** Writes what a person decided, whoever drives the job, and sees to it. */
  const decide = (id: string, what: JobChange): JobRecord => {
    const record = store.change(id, null, what)
    if (!record) throw jobError('notFound')
    watch.changed(record)
    driver.passOn(record)
    driver.takeAll()
    return record
  }

  /** A result that could not be kept is refused before there is a job that would fail. */
  const refuseClosedFolder = (): void => {
    try {
      libraryFolder({ ports })
    } catch (error) {
      if (!(error instanceof PhaseFailedError)) throw error
      throw new JobError('folder', error.failure.text, error.failure.action)
    }
  }

  const submit = (spec: JobRecord['spec']): Job => {
    refuseClosedFolder()
    const record = newRecord(options.newId(), spec, clock.now())
    store.insert(record)
    watch.changed(record)
    driver.takeAll()
    return view(must(record.id))
  }

  const cancel = async (id: string): Promise<Job> => {
    const before = must(id)
    if (hasEnded(before.state)) throw jobError('hasEnded')
    if (!isCancellable(before.state, true)) throw jobError('tooLate')
    if (!before.cancelRequested && !view(before).canCancel) throw jobError('cannotCancel')
    decide(id, { patch: { cancelRequested: true, cancelFailure: null }, note: { cancel: 'asked' } })
    driver.take(id, (job) => driver.isStarted() || job.cancelRequested)
    return view(await cancelled(id))
  }

  /** Waits until the request was carried out or refused, by whoever drives the job. */
  const cancelled = async (id: string): Promise<JobRecord> => {
    const until = clock.now() + timing.cancelPatience
    for (;;) {
      const record = must(id)
      if (record.state === 'cancelled') return record
      if (record.state === 'uncertain') throw jobError('uncertain')
      if (hasEnded(record.state)) throw jobError('hasEnded')
      if (!record.cancelRequested) throw notCancelled(record)
      if (clock.now() >= until) throw jobError('cancelLater')
      await watch.nextChange(cancelInterval)
    }
  }

  const retry: Jobs['retry'] = async (id, elsewhere) => {
    const record = must(id)
    if (!canRetry(record)) throw jobError('cannotRetry')
    // A task that exists is never left for another one: it is billed where it is.
    if (!canResume(record, clock.now())) return submit({ ...record.spec, ...elsewhere })
    return view(
      decide(id, {
        to: 'running',
        patch: { failure: null, seen: false },
        note: { reason: 'tried again' },
      }),
    )
  }

  const resolve: Jobs['resolve'] = async (id, decision) => {
    const record = must(id)
    if (record.state !== 'uncertain') throw jobError('notUncertain')
    if (decision === 'look-again') {
      const failure = localFailure('uncertain', 'none')
      return view(decide(id, { patch: { askPerson: false, failure }, note: { decision } }))
    }
    if (decision === 'submit-again') refuseClosedFolder() // the old one is still there to decide about then
    const ended = decide(id, { to: 'cancelled', patch: { seen: true }, note: { decision } })
    return decision === 'give-up' ? view(ended) : submit(record.spec)
  }

  /** What a forgotten job leaves on the disk, unless the library still shows it. */
  const tidy = async (record: JobRecord): Promise<void> => {
    await releaseUploads(record, ports)
    const leftovers = record.hasPoster ? [jobPoster(options.home, record.id)] : []
    if (record.libraryId === null && record.files) leftovers.push(record.files.clip.path)
    if (record.download && record.state !== 'saved') leftovers.push(record.download.path)
    for (const file of leftovers)
      await rm(file, { force: true }).catch((error: unknown) =>
        log.warn('A leftover could not be removed', { job: record.id, error }),
      )
  }

  return {
    submit,
    cancel,
    retry,
    resolve,
    list: () => store.list().map(view),
    get: (id) => {
      const record = store.get(id)
      return record && view(record)
    },
    seen: (ids) => {
      for (const id of ids) if (store.get(id)?.seen === false) decide(id, { patch: { seen: true } })
    },
    remove: (ids) => {
      const removed = store.remove(ids)
      watch.removed(removed.map((record) => record.id))
      for (const record of removed) void tidy(record)
    },
    start: driver.start,
    wake: () => {
      driver.wakeAll()
      driver.takeAll()
    },
    drain: async (signal) => {
      driver.start()
      while (store.unfinished().some(isDrivable) || driver.count() > 0)
        await watch.nextChange(drainInterval, signal)
    },
    stop: driver.stop,
    active: () => store.unfinished().filter((record) => !hasEnded(record.state)).length,
    onChange: watch.onChange,
    onRemove: watch.onRemove,
  }
}
