import PQueue from 'p-queue'

/** Threads of libuv's pool, which ask the disks: four where nobody says otherwise (see `thread-pool.ts`). */
export const poolThreads = (): number => {
  const threads = Number(process.env['UV_THREADPOOL_SIZE'] ?? 4)
  return threads >= 1 ? Math.min(Math.floor(threads), 1024) : 1
}

/** Does some work that asks a disk when it is its turn; the turn ends with the work, however long that takes. */
export type DiskTurn = <T>(work: () => Promise<T>) => Promise<T>

/**
 * Lets so many ask disks at once. Rejects with the signal's reason when it fires while they wait in line.
 *
 * A thread that waits for a disk which does not answer cannot be called back: whoever gave up waiting for it still
 * holds its turn, and so never holds more than `most` threads.
 */
export const createDiskTurns = (most: number) => {
  const line = new PQueue({ concurrency: most })
  return (signal: AbortSignal): DiskTurn =>
    async (work) => {
      signal.throwIfAborted()
      const waiting = new AbortController()
      const leave = () => waiting.abort(signal.reason)
      signal.addEventListener('abort', leave, { once: true })
      const enter = () => {
        // From here on p-queue would give the turn away while the thread is still held.
        signal.removeEventListener('abort', leave)
        return work()
      }
      return line.add(enter, { signal: waiting.signal })
    }
}

/** Looking at files takes half of the pool at most: downloads and what is played have the other half. */
export const diskTurns = createDiskTurns(Math.max(1, Math.floor(poolThreads() / 2)))
