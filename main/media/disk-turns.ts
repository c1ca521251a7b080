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
  let free = most
  const line = new Set<() => void>()

  const waiting = (signal: AbortSignal): Promise<void> => {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const enter = () => {
      signal.removeEventListener('abort', leave)
      resolve()
    }
    const leave = () => {
      line.delete(enter)
      reject(signal.reason)
    }
    signal.addEventListener('abort', leave, { once: true })
    line.add(enter)
    return promise
  }

  const next = () => {
    const [first] = line
    if (!first) free++
    else {
      line.delete(first)
      first()
    }
  }

  return (signal: AbortSignal): DiskTurn =>
    async (work) => {
      signal.throwIfAborted()
      if (free > 0) free--
      else await waiting(signal)
      try {
        return await work()
      } finally {
        next()
      }
    }
}

/** Looking at files takes half of the pool at most: downloads and what is played have the other half. */
export const diskTurns = createDiskTurns(Math.max(1, Math.floor(poolThreads() / 2)))
