import { rm } from 'node:fs/promises'
import {
  type EditOptions,
  type Estimate,
  fileOf,
  hasEnded,
  type Job,
  type Mode,
  needsAttention,
  type ProviderDescription,
  type ProviderId,
  type Text,
  type UncertainDecision,
} from '../../preload/contract'
import type { JobSpec } from '../edits/job-spec'
import { jobPoster } from '../home'
import { isDrivable } from './drive-job'
import { JobError, jobError, libraryFolder, localFailure, PhaseFailedError } from './failures'
import { createJobPool } from './pool'
import { defaultTiming, type JobPorts, type Timing } from './ports'
import { expiryOf, type JobRecord, newRecord } from './record'
import { releaseUploads } from './release-uploads'
import { isCancellable } from './states'
import type { JobChange } from './store'
import { canResume, canRetry, jobView } from './view'
import { type JobWatch, watchJobs } from './watch'

/** The jobs of a home. They are recorded before the network is used, run in the background, and survive a crash. */
export interface Jobs {
  /**
   * Records a job of a new set, which runs in the background after `start`. Throws a `JobError` if the library folder
   * cannot be written.
   */
  submit: (spec: JobSpec) => Job
  /** The same for several takes, which are one set: all are recorded or none. In the order of the takes. */
  submitSet: (takes: readonly JobSpec[]) => Job[]
  list: () => Job[]
  get: (id: string) => Job | null
  cancel: (id: string) => Promise<Job>
  /**
   * Continues the task of a job that failed or needs attention, if it exists. Otherwise submits the request as a new job of the same set, at the
   * given provider and its price. Rejects with a `JobError` where that provider does not take the request.
   */
  retry: (id: string, provider?: ProviderId) => Promise<Job>
  /** The estimate of the same request at another provider; null where it is unknown. */
  estimateAt: (id: string, provider: ProviderId) => Estimate | null
  resolve: (id: string, decision: UncertainDecision) => Promise<Job>
  seen: (ids: readonly string[]) => void
  /** Removes jobs that have ended or need attention, and their files; results in the library stay. */
  remove: (ids: readonly string[]) => void
  /** Starts driving all unfinished jobs, including those that another process stopped driving; or `only` one. */
  start: (only?: string) => void
  /** Queries all tasks now, for example after the computer slept. */
  wake: () => void
  /** Tries held jobs now: a key, a folder or the network may have changed. */
  tryHeld: () => void
  /**
   * Starts all jobs; resolves when none can continue without the person, after one try of those that were held.
   * Rejects with a `JobError` where the database fails, as on a full disk.
   */
  drain: (signal?: AbortSignal) => Promise<void>
  /** Stops driving all jobs, so that another process can continue them. */
  stop: () => Promise<void>
  /** The number of jobs that have not ended. */
  active: () => number
  onChange: (listener: (job: Job) => void) => () => void
  onRemove: (listener: (ids: string[]) => void) => () => void
  /** Calls back when the database fails, as on a full disk. The jobs go on when it works again. */
  onFailure: (listener: (why: Text) => void) => () => void
}

export interface JobsOptions extends Omit<JobPorts, 'timing'> {
  describeProviders: () => readonly Pick<ProviderDescription, 'id' | 'canCancel'>[]
  newId: () => string
  /** Why another provider would not take a request; null where it does. */
  refusalAt: (provider: ProviderId, spec: JobSpec) => Text | null
  /** The estimate for clips of these seconds at a provider; null for one that is unknown or lacks the mode. */
  price: (
    provider: ProviderId,
    mode: Mode,
    request: { seconds: number; options: EditOptions },
  ) => Estimate | null
  /** URL of the still of a file in the catalog. */
  posterUrl: (mediaId: string) => string | null
  /** Calls back when another process has written to the database; gives a function that stops this. */
  watchOtherWriters: (onChange: () => void) => () => void
  timing?: Partial<Timing>
}

/** Why a job was not cancelled. */
const notCancelled = ({ cancelFailure }: JobRecord): JobError =>
  cancelFailure
    ? new JobError('notCancelled', cancelFailure.text, cancelFailure.action)
    : jobError('tooLate')

/** Whether a job continues without the person. */
const goesOnAlone = (job: JobRecord): boolean => isDrivable(job) && !needsAttention(job)

/** Milliseconds between two checks for changes of other processes. */
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
  const pool = createJobPool(ports, watch, options.watchOtherWriters)

  const recordOf = (id: string): JobRecord => {
    const record = store.get(id)
    if (!record) throw jobError('notFound')
    return record
  }

  /** Records a decision of the person, even if another process drives the job. */
  const decide = (id: string, what: JobChange): JobRecord => {
    const record = store.change(id, null, what)
    if (!record) throw jobError('notFound')
    watch.changed(record)
    pool.notifyDrive(record)
    pool.claimAll()
    return record
  }

  /** Throws a `JobError` if the library folder cannot be written: the person would pay for a result that is not saved. */
  const checkLibraryFolder = (): void => {
    try {
      libraryFolder(ports.library)
    } catch (error) {
      if (!(error instanceof PhaseFailedError)) throw error
      throw new JobError('folder', error.failure.text, error.failure.action)
    }
  }

  const submitSet = (takes: readonly JobSpec[], setId: string = options.newId()): Job[] => {
    checkLibraryFolder()
    const records = takes.map((spec) =>
      newRecord({ id: options.newId(), setId }, spec, clock.now()),
    )
    store.insert(...records)
    for (const record of records) watch.changed(record)
    pool.claimAll()
    return records.map(({ id }) => view(recordOf(id)))
  }

  const submit = (spec: JobSpec, setId?: string): Job => {
    const [job] = submitSet([spec], setId)
    if (!job) throw jobError('notFound')
    return job
  }

  const cancel = async (id: string): Promise<Job> => {
    const before = recordOf(id)
    if (hasEnded(before.state)) throw jobError('hasEnded')
    if (!isCancellable(before.state, true)) throw jobError('tooLate')
    if (!before.cancelRequested && !view(before).canCancel) throw jobError('cannotCancel')
    decide(id, { patch: { cancelRequested: true, cancelFailure: null }, note: { cancel: 'asked' } })
    pool.claim(id, (job) => pool.isStarted() || job.cancelRequested)
    return view(await cancelled(id))
  }

  /** Waits until the driving process has cancelled the job, or could not. */
  const cancelled = async (id: string): Promise<JobRecord> => {
    const until = clock.now() + timing.cancelPatience
    for (;;) {
      const record = recordOf(id)
      if (record.state === 'cancelled') return record
      if (record.state === 'uncertain') throw jobError('uncertain')
      if (hasEnded(record.state)) throw jobError('hasEnded')
      if (!record.cancelRequested) throw notCancelled(record)
      if (clock.now() >= until) throw jobError('cancelLater')
      await watch.nextChange(cancelInterval)
    }
  }

  const estimateAt: Jobs['estimateAt'] = (id, provider) => {
    const { spec } = recordOf(id)
    const seconds = spec.estimate?.seconds.input ?? null
    return seconds === null
      ? null
      : options.price(provider, spec.mode, { seconds, options: spec.options })
  }

  const retry: Jobs['retry'] = async (id, provider) => {
    const record = recordOf(id)
    if (!canRetry(record)) throw jobError('cannotRetry')
    // An existing task is continued, never replaced: it is already billed.
    if (!canResume(record, clock.now())) {
      const { spec, setId } = record
      const refusal = provider ? options.refusalAt(provider, spec) : null
      if (refusal) throw new JobError('refusedThere', refusal)
      const elsewhere = provider ? { provider, estimate: estimateAt(id, provider) } : null
      return submit({ ...spec, ...elsewhere }, setId)
    }
    const goesOn = needsAttention(record) ? {} : { to: 'running' as const }
    const patch = { failure: null, seen: false }
    return view(decide(id, { ...goesOn, patch, note: { reason: 'tried again' } }))
  }

  const resolve: Jobs['resolve'] = async (id, decision) => {
    const record = recordOf(id)
    if (record.state !== 'uncertain') throw jobError('notUncertain')
    const note = { decision: decision.kind }
    switch (decision.kind) {
      case 'look-again': {
        const failure = localFailure('uncertain', 'none')
        return view(decide(id, { patch: { askPerson: false, failure }, note }))
      }
      case 'arrived': {
        const { taskId } = decision
        if (store.taskIds().has(taskId)) throw jobError('taskTaken', { task: taskId })
        const { row } = await ports.providers.get(record.provider)
        const expiresAt = expiryOf(record.submittedAt ?? record.createdAt, row.retention)
        const patch = { taskId, expiresAt, failure: null, askPerson: false }
        return view(decide(id, { to: 'pending', patch, note: { ...note, taskId } }))
      }
      case 'never-arrived': {
        const failure = localFailure('notCreated', 'try-again')
        return view(decide(id, { to: 'failed', patch: { failure }, note }))
      }
      case 'submit-again':
        checkLibraryFolder() // before the uncertain job is cancelled
        decide(id, { to: 'cancelled', patch: { seen: true }, note })
        return submit(record.spec, record.setId)
      case 'give-up':
        return view(decide(id, { to: 'cancelled', patch: { seen: true }, note }))
    }
  }

  const deletions = new Set<Promise<void>>()

  /** Deletes the files of a removed job, except those that the library shows. */
  const deleteFiles = async (record: JobRecord): Promise<void> => {
    await releaseUploads(record, ports)
    const leftovers = record.hasPoster ? [jobPoster(options.home, record.id)] : []
    const sent = fileOf(record.files ?? [], 'clip')
    if (record.libraryId === null && sent) leftovers.push(sent.path)
    if (record.download && record.state !== 'saved') leftovers.push(record.download.path)
    for (const file of leftovers)
      await rm(file, { force: true }).catch((error: unknown) =>
        log.warn('A file of a removed job could not be deleted', { job: record.id, error }),
      )
  }

  return {
    submit: (spec) => submit(spec),
    submitSet: (takes) => submitSet(takes),
    cancel,
    retry,
    estimateAt,
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
      pool.drop(removed)
      watch.removed(removed.map((record) => record.id))
      for (const record of removed) {
        const deletion = deleteFiles(record).finally(() => deletions.delete(deletion))
        deletions.add(deletion)
      }
    },
    start: pool.start,
    wake: () => {
      pool.wake()
      pool.claimAll()
    },
    tryHeld: () => pool.wake('held'),
    drain: async (signal) => {
      pool.start()
      const failure: { why: Text | null } = { why: null }
      const forget = watch.onFailure((why) => {
        failure.why = why
      })
      try {
        while (store.unfinished().some(goesOnAlone) || pool.count() > 0) {
          await watch.nextChange(drainInterval, signal)
          if (failure.why) throw new JobError('database', failure.why, 'try-again')
        }
      } finally {
        forget()
      }
    },
    stop: async () => {
      await Promise.all([pool.stop(), ...deletions])
    },
    active: () => store.unfinished().filter((record) => !hasEnded(record.state)).length,
    onChange: watch.onChange,
    onRemove: watch.onRemove,
    onFailure: watch.onFailure,
  }
}
