import { availableParallelism } from 'node:os'
import PQueue from 'p-queue'
import type { Facts } from '../../preload/contract'
import { unlessAborted } from '../abort'
import { type Stamp, stampOf } from '../files/disk'
import type { Log } from '../log'
import type { InspectWork, MediaTools } from '../media/media-tools'

/** Milliseconds that checking one file may take. */
const checkLimit = 15_000

/** Inspects files in parallel; stills are made after that. */
export interface MediaChecks {
  /** See `stampOf`. */
  stamp: (path: string) => Promise<Stamp | null | 'late'>
  inspect: (path: string, work: Pick<InspectWork, 'decode' | 'again'>) => Promise<Facts>
  /** False where no still can be made. */
  poster: (path: string, facts: Facts, output: string) => Promise<boolean>
  close: () => void
}

export const createMediaChecks = (media: MediaTools, log: Log): MediaChecks => {
  const queue = new PQueue({ concurrency: availableParallelism() })
  const stop = new AbortController()
  const limited = () => AbortSignal.any([stop.signal, AbortSignal.timeout(checkLimit)])

  return {
    stamp: (path) => stampOf(path, limited()),
    inspect: (path, work) =>
      queue.add(
        async () => {
          const signal = limited()
          return await unlessAborted(media.inspect(path, { signal, ...work }), signal).catch(
            (error: unknown) => {
              if (!stop.signal.aborted) log.warn('A file could not be inspected', { error })
              return unreadable(signal)
            },
          )
        },
        { priority: 1 },
      ),
    poster: (path, facts, output) =>
      queue.add(async () => {
        const signal = limited()
        return await unlessAborted(media.poster(path, facts, output, { signal }), signal).catch(
          (error: unknown) => {
            if (!stop.signal.aborted) log.warn('A still could not be made', { error })
            return false
          },
        )
      }),
    // Queued work ends at once because its signal is aborted.
    close: () => stop.abort(),
  }
}

/** The facts of a file whose disk does not answer. */
export const tooLate: Facts = { kind: 'other', format: null, bytes: null, unreadable: 'timeout' }

const unreadable = (signal: AbortSignal): Facts => ({
  kind: 'other',
  format: null,
  bytes: null,
  unreadable: signal.aborted ? 'timeout' : 'damaged',
})
