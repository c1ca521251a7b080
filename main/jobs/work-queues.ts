import PQueue from 'p-queue'
import type { ProviderId } from '../../preload/contract'
import type { Queues } from './drive'
import { createWaitingLine } from './waiting-line'

/** How many of each run at once: encoding takes all cores, uploads share one line, creates are limited per second. */
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
    line: perProvider(createWaitingLine),
    download: new PQueue({ concurrency: 3 }),
  }
}

/**
 * Waits for a turn, then works. Leaving the line is possible at any moment; once the work has begun it
 * is the work itself that must stop, because p-queue would otherwise let go of it and leave it running.
 */
export const takeTurn = async <T>(
  queue: PQueue,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T> => {
  signal.throwIfAborted()
  const line = new AbortController()
  const leave = () => line.abort(signal.reason)
  signal.addEventListener('abort', leave, { once: true })
  try {
    return await queue.add(
      async () => {
        signal.removeEventListener('abort', leave)
        return await work()
      },
      { signal: line.signal },
    )
  } finally {
    signal.removeEventListener('abort', leave)
  }
}
