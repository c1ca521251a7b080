import PQueue from 'p-queue'
import type { ProviderId, Text } from '../../preload/contract'

/** Limits how many jobs do the same kind of work at once. */
export interface Queues {
  /** One at a time, because encoding uses every core. */
  prepare: PQueue
  /** Two at a time, because uploads share the bandwidth. */
  upload: (provider: ProviderId) => PQueue
  /** One at a time, because providers limit creates per second. */
  create: (provider: ProviderId) => PQueue
  /** The jobs that wait in `create`. */
  waiting: (provider: ProviderId) => WaitReasons
  download: PQueue
}

/** Passes the reason why the first job in a queue waits to all jobs behind it. */
export interface WaitReasons {
  /** Calls back with the reason now, if known, and when it changes; gives a function that leaves. */
  join: (onReason: (reason: Text) => void) => () => void
  /** Sets the reason for all waiting jobs; null when the first one continues. */
  tell: (reason: Text | null) => void
}

const createWaitReasons = (): WaitReasons => {
  const waiting = new Set<(reason: Text) => void>()
  let known: Text | null = null
  return {
    join: (onReason) => {
      waiting.add(onReason)
      if (known) onReason(known)
      return () => waiting.delete(onReason)
    },
    tell: (reason) => {
      if (reason && known?.key !== reason.key) for (const onReason of waiting) onReason(reason)
      known = reason
    },
  }
}

export const createQueues = (): Queues => {
  const perProvider = <T>(make: () => T) => {
    const made = new Map<ProviderId, T>()
    return (provider: ProviderId): T => {
      const one = made.get(provider) ?? make()
      made.set(provider, one)
      return one
    }
  }
  return {
    prepare: new PQueue({ concurrency: 1 }),
    upload: perProvider(() => new PQueue({ concurrency: 2 })),
    create: perProvider(() => new PQueue({ concurrency: 1 })),
    waiting: perProvider(createWaitReasons),
    download: new PQueue({ concurrency: 3 }),
  }
}

/**
 * Runs work in a queue. The signal ends the wait at once. Running work must listen to the signal itself: p-queue would
 * start the next job while it still runs.
 */
export const inTurn = async <T>(
  queue: PQueue,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T> => {
  signal.throwIfAborted()
  const waiting = new AbortController()
  const leave = () => waiting.abort(signal.reason)
  signal.addEventListener('abort', leave, { once: true })
  try {
    return await queue.add(
      async () => {
        signal.removeEventListener('abort', leave)
        return await work()
      },
      { signal: waiting.signal },
    )
  } finally {
    signal.removeEventListener('abort', leave)
  }
}
