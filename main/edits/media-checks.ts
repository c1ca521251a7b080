import { availableParallelism } from 'node:os'
import PQueue from 'p-queue'
import type { Facts } from '../../preload/contract'
import type { Log } from '../log'
import type { MediaTools } from '../media/media-tools'

/** Milliseconds that one file may take, from when it is its turn (issue 2). */
export const checkLimit = 15_000

/** Looks at files in parallel; stills come after the verdicts. */
export interface MediaChecks {
  inspect: (path: string) => Promise<Facts>
  /** False where no still can be made. */
  poster: (path: string, facts: Facts, output: string) => Promise<boolean>
  close: () => void
}

export const createMediaChecks = (media: MediaTools, log: Log): MediaChecks => {
  const queue = new PQueue({ concurrency: availableParallelism() })
  const stop = new AbortController()
  const limited = () => AbortSignal.any([stop.signal, AbortSignal.timeout(checkLimit)])

  return {
    inspect: (path) =>
      queue.add(
        async () => {
          const signal = limited()
          return await unlessLate(media.inspect(path, { signal }), signal).catch(
            (error: unknown) => {
              if (!stop.signal.aborted) log.warn('a file could not be looked at', { error })
              return unreadable(signal)
            },
          )
        },
        { priority: 1 },
      ),
    poster: (path, facts, output) =>
      queue.add(async () => {
        const signal = limited()
        return await unlessLate(media.poster(path, facts, output, { signal }), signal).catch(
          (error: unknown) => {
            if (!stop.signal.aborted) log.warn('no still could be made', { error })
            return false
          },
        )
      }),
    // What still waits runs into the fired signal and ends at once: nobody is left waiting.
    close: () => stop.abort(),
  }
}

const unreadable = (signal: AbortSignal): Facts => ({
  kind: 'other',
  format: null,
  bytes: null,
  unreadable: signal.aborted ? 'timeout' : 'damaged',
})

/** A tool that does not listen to its signal must not hold up the others. */
const unlessLate = async <T>(work: Promise<T>, signal: AbortSignal): Promise<T> => {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const onAbort = () => reject(signal.reason)
  if (signal.aborted) onAbort()
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    return await Promise.race([work, late])
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}
