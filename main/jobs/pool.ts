import { type Running, startDrive } from './drive'
import { driveJob, isDrivable } from './drive-job'
import type { JobPorts } from './ports'
import { createQueues } from './queues'
import type { JobRecord } from './record'
import { holdsUploads, isDoneWithUploads, releaseUploads } from './release-uploads'
import type { JobWatch } from './watch'

/** All jobs that this process drives. */
export interface JobPool {
  /**
   * Starts driving all jobs, including those that other processes stop driving. With `only`: that one job, and one
   * more with each further call.
   */
  start: (only?: string) => void
  isStarted: () => boolean
  /** Shows what other processes do with the jobs, also before `start`. */
  follow: () => void
  /** Claims and drives every job that no running process drives, oldest first. Never throws. */
  claimAll: () => void
  /**
   * Claims and drives one job, even before `start`, unless a running process drives it.
   * @param onlyWhile ends the drive when it returns false
   */
  claim: (id: string, onlyWhile: (job: JobRecord) => boolean) => void
  /** Tells the drive of a job in this process about the person's request. */
  notifyDrive: (record: JobRecord) => void
  /** Stops driving jobs that were removed. */
  drop: (removed: readonly JobRecord[]) => void
  /** Ends all pauses, or those of held jobs alone. */
  wake: (only?: 'held') => void
  /** The number of jobs that are driven and not held. */
  count: () => number
  /** Stops driving all jobs within a bounded time. */
  stop: () => Promise<void>
}

export const createJobPool = (
  ports: JobPorts,
  watch: JobWatch,
  watchOtherWriters: (onChange: () => void) => () => void,
): JobPool => {
  const { store, clock, owner, log, timing } = ports
  const queues = createQueues()
  const running = new Map<string, Running>()
  let heart: AbortController | null = null
  /** Ids of the jobs to drive; null for all. */
  let chosen: Set<string> | null = null
  let stopWatching: (() => void) | null = null

  const report = (message: string, error: unknown, job?: string): void => {
    log.error(message, { job, error })
    watch.failed(error)
  }

  const claim = (id: string, onlyWhile?: (job: JobRecord) => boolean): void => {
    if (running.has(id) || !store.claim(id, owner)) return
    const entry = startDrive(id, ports, queues, watch)
    running.set(id, entry)
    entry.done = driveJob(entry.drive, onlyWhile)
      .catch((error: unknown) => report('Driving a job failed', error, id))
      // Before the job counts as done, because a command ends with its job.
      .then(() => release(id, entry.drive.create))
      .then(() => {
        running.delete(id)
        watch.idle(id)
        store.release(id, owner)
      })
      .catch((error: unknown) => report('A job could not be released', error, id))
      .finally(watch.settled)
  }

  /** Deletes the uploads of a job that no longer needs them. */
  const release = async (id: string, stop?: AbortSignal): Promise<void> => {
    const record = store.get(id)
    if (!record || stop?.aborted || !isDoneWithUploads(record, clock.now())) return
    await releaseUploads(record, ports, stop)
  }

  /** Deletes uploads of ended jobs that an earlier process could not delete. */
  const releaseLeftovers = async (signal: AbortSignal): Promise<void> => {
    for (const record of store.list()) {
      if (signal.aborted) return
      const { id } = record
      if (holdsUploads(record) && !running.has(id)) await release(id, signal)
    }
  }

  const notifyDrive = (record: JobRecord): void => {
    const entry = running.get(record.id)
    if (!entry) return
    if (record.cancelRequested && !entry.cancel.signal.aborted) entry.cancel.abort()
    const isTriedAgain = entry.isHeld() && record.failure === null
    if (record.cancelRequested || isTriedAgain || !isDrivable(record)) entry.wake()
  }

  const isChosen = (id: string): boolean => chosen === null || chosen.has(id)

  /** Only reports errors, such as a full disk: the next heartbeat tries again. */
  const logErrors = (work: () => void): void => {
    try {
      work()
    } catch (error) {
      report('Driving the jobs failed', error)
    }
  }

  const claimAll = (): void =>
    logErrors(() => {
      if (!heart) return
      for (const id of running.keys()) {
        const record = store.get(id)
        if (record) notifyDrive(record)
      }
      for (const record of store.unfinished().toReversed())
        if (!running.has(record.id) && isChosen(record.id) && isDrivable(record)) claim(record.id)
    })

  /** Looks again for the tasks of lost creates that the person has not decided about. */
  const lookAgain = (): void => {
    for (const { id, state, askPerson } of store.unfinished())
      if (state === 'uncertain' && askPerson)
        store.change(id, null, { patch: { askPerson: false }, note: { reason: 'a new start' } })
  }

  const beat = async (signal: AbortSignal): Promise<void> => {
    while (!signal.aborted) {
      logErrors(() => {
        if (running.size > 0) store.renew(owner)
      })
      claimAll()
      await clock.sleep(timing.heartbeat, signal)
    }
  }

  /** Waits a moment for answers to creates: without its answer a job becomes uncertain. */
  const stopAll = async (entries: readonly Running[]): Promise<void> => {
    for (const entry of entries) entry.stop.abort()
    const inTime = new AbortController()
    const patience = clock.sleep(timing.stopGrace, inTime.signal).then(
      () => {
        for (const entry of entries) entry.create.abort()
      },
      () => {}, // all stopped in time
    )
    await Promise.all(entries.map((entry) => entry.done))
    inTime.abort()
    await patience
  }

  const follow = (): void => {
    stopWatching ??= watchOtherWriters(() => {
      watch.readChanges()
      claimAll()
    })
  }

  return {
    claim,
    claimAll,
    notifyDrive,
    isStarted: () => heart !== null,
    follow,
    drop: (removed) => {
      for (const { id } of removed) running.get(id)?.wake()
    },
    count: () => [...running.values()].filter((entry) => !entry.isHeld()).length,
    wake: (only) => {
      for (const entry of running.values()) if (only === undefined || entry.isHeld()) entry.wake()
    },
    start: (only) => {
      if (heart) {
        if (only !== undefined) chosen?.add(only)
        claimAll()
        return
      }
      chosen = only === undefined ? null : new Set([only])
      heart = new AbortController()
      const { signal } = heart
      follow()
      if (chosen === null) {
        logErrors(lookAgain)
        releaseLeftovers(signal).catch((error: unknown) =>
          log.warn('Uploads of earlier jobs could not be deleted', { error }),
        )
      }
      beat(signal).catch((error: unknown) => {
        if (!signal.aborted) log.error('The heartbeat of the jobs stopped', { error })
      })
    },
    stop: async () => {
      heart?.abort()
      heart = null
      stopWatching?.()
      stopWatching = null
      await stopAll([...running.values()])
    },
  }
}
