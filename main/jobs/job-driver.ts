import type { JobPorts } from './job-ports'
import type { JobRecord } from './job-record'
import { driveJob, isDrivable } from './job-runner'
import type { JobWatch } from './job-watch'
import { newDrive, type Running } from './new-drive'
import { isDoneWithUploads, releaseUploads } from './release-uploads'
import { createQueues } from './work-queues'

/** All jobs that this process drives. */
export interface JobDriver {
  /**
   * Begins to look after every job, also those that other processes leave behind; or after `only` one, and after
   * another one when it is called again.
   */
  start: (only?: string) => void
  isStarted: () => boolean
  /** Takes every job that can be driven and is not driven by a living process, the oldest first. Never throws. */
  takeAll: () => void
  /**
   * Drives one job, even when not started, unless a living process does.
   * @param onlyWhile stops the drive when it says no
   */
  take: (id: string, onlyWhile: (job: JobRecord) => boolean) => void
  /** Passes on what a person asked of a job that may be driven here. */
  passOn: (record: JobRecord) => void
  /** Ends all pauses. */
  wakeAll: () => void
  count: () => number
  /** Lets go of every job within a bounded time. */
  stop: () => Promise<void>
}

export const createJobDriver = (
  ports: JobPorts,
  watch: JobWatch,
  watchOtherWriters: (onChange: () => void) => () => void,
): JobDriver => {
  const { store, clock, owner, log, timing } = ports
  const queues = createQueues()
  const running = new Map<string, Running>()
  let heart: AbortController | null = null
  /** Those that are looked after; null for all. */
  let chosen: Set<string> | null = null
  let stopWatching = () => {}

  const take = (id: string, onlyWhile?: (job: JobRecord) => boolean): void => {
    if (running.has(id) || !store.claim(id, owner)) return
    const entry = newDrive(id, ports, queues, watch)
    running.set(id, entry)
    entry.done = driveJob(entry.drive, onlyWhile)
      .catch((error: unknown) => log.error('Driving a job ended badly', { job: id, error }))
      // A command ends with its job: like the answer to a create, this is worth a moment.
      .then(() => release(id, entry.drive.create))
      .then(() => {
        running.delete(id)
        watch.idle(id)
        store.release(id, owner)
      })
      .catch((error: unknown) => log.error('A job could not be let go of', { job: id, error }))
      .finally(watch.settled)
  }

  /** Takes back what was uploaded for a job that needs it no more. */
  const release = async (id: string, stop?: AbortSignal): Promise<void> => {
    const record = store.get(id)
    if (!record || stop?.aborted || !isDoneWithUploads(record, clock.now())) return
    await releaseUploads(record, ports, stop)
  }

  /** What ended while nobody could reach the storage, or under another process that is gone. */
  const releaseLeftovers = async (signal: AbortSignal): Promise<void> => {
    for (const { id, uploads } of store.list()) {
      if (signal.aborted) return
      if (uploads.length > 0 && !running.has(id)) await release(id, signal)
    }
  }

  const passOn = (record: JobRecord): void => {
    const entry = running.get(record.id)
    if (!entry) return
    if (record.cancelRequested && !entry.cancel.signal.aborted) entry.cancel.abort()
    if (record.cancelRequested || !isDrivable(record)) entry.wake()
  }

  const isMine = (id: string): boolean => chosen === null || chosen.has(id)

  /** A full disk passes, and the next beat tries again: what a person asked for is written down all the same. */
  const unlessItFails = (work: () => void): void => {
    try {
      work()
    } catch (error) {
      log.error('Looking after the jobs failed', { error })
    }
  }

  const takeAll = (): void =>
    unlessItFails(() => {
      if (!heart) return
      for (const id of running.keys()) {
        const record = store.get(id)
        if (record) passOn(record)
      }
      for (const record of store.unfinished().toReversed())
        if (!running.has(record.id) && isMine(record.id) && isDrivable(record)) take(record.id)
    })

  const beat = async (signal: AbortSignal): Promise<void> => {
    while (!signal.aborted) {
      unlessItFails(() => {
        if (running.size > 0) store.renew(owner)
      })
      takeAll()
      await clock.sleep(timing.heartbeat, signal)
    }
  }

  /** An answer to a create is worth a moment; without it the job would have to be looked for. */
  const letGo = async (entries: readonly Running[]): Promise<void> => {
    for (const entry of entries) entry.stop.abort()
    const inTime = new AbortController()
    const patience = clock.sleep(timing.stopGrace, inTime.signal).then(
      () => {
        for (const entry of entries) entry.create.abort()
      },
      () => {}, // all let go in time
    )
    await Promise.all(entries.map((entry) => entry.done))
    inTime.abort()
    await patience
  }

  return {
    take,
    takeAll,
    passOn,
    isStarted: () => heart !== null,
    count: () => running.size,
    wakeAll: () => {
      for (const entry of running.values()) entry.wake()
    },
    start: (only) => {
      if (heart) {
        if (only !== undefined) chosen?.add(only)
        takeAll()
        return
      }
      chosen = only === undefined ? null : new Set([only])
      heart = new AbortController()
      const { signal } = heart
      stopWatching = watchOtherWriters(() => {
        watch.lookAround()
        takeAll()
      })
      if (chosen === null)
        releaseLeftovers(signal).catch((error: unknown) =>
          log.warn('Uploads of earlier jobs could not be looked after', { error }),
        )
      beat(signal).catch((error: unknown) => {
        if (!signal.aborted) log.error('The jobs stopped being looked after', { error })
      })
    },
    stop: async () => {
      heart?.abort()
      heart = null
      stopWatching()
      await letGo([...running.values()])
    },
  }
}
