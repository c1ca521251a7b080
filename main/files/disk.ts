import type { Stats } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import PQueue from 'p-queue'
import { unlessAborted } from '../abort'

/** An open file. Offsets and lengths in bytes. */
export interface OpenFile {
  read: (
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
  ) => Promise<{ bytesRead: number }>
  close: () => Promise<void>
}

/** The disk operations needed to inspect a file. They reject with system errors. */
export interface Disk {
  stat: (path: string) => Promise<Stats>
  /** `flags` as in open(2). */
  open: (path: string, flags: number) => Promise<OpenFile>
}

/** The disks of this computer, and those that it has mounted. */
export const realDisk: Disk = { stat, open }

/** Threads in libuv's pool, which does all file I/O: 4 unless the environment sets another number. */
export const poolThreads = (): number => {
  const threads = Number(process.env['UV_THREADPOOL_SIZE'] ?? 4)
  return threads >= 1 ? Math.min(Math.floor(threads), 1024) : 1
}

/** Runs a disk operation when a slot is free. The slot stays in use until the operation ends. */
export type DiskTurn = <T>(work: () => Promise<T>) => Promise<T>

/**
 * Limits concurrent disk operations. An operation that is still waiting when the signal fires is dropped: it rejects
 * with the signal's reason.
 *
 * A thread that waits for a disk cannot be interrupted. An abandoned operation therefore keeps its slot until the disk
 * answers, so that at most `limit` threads are blocked.
 */
export const createDiskTurns = (limit: number) => {
  const queue = new PQueue({ concurrency: limit })
  return (signal: AbortSignal): DiskTurn =>
    async (work) => {
      signal.throwIfAborted()
      const waiting = new AbortController()
      const leave = () => waiting.abort(signal.reason)
      signal.addEventListener('abort', leave, { once: true })
      const start = () => {
        // From here on an abort would free the slot while the thread is still blocked.
        signal.removeEventListener('abort', leave)
        return work()
      }
      return queue.add(start, { signal: waiting.signal })
    }
}

/** Inspecting files uses at most half of the threads. The rest are for downloads and playback. */
export const diskTurns = createDiskTurns(Math.max(1, Math.floor(poolThreads() / 2)))

/** Runs a disk operation in its turn. Rejects with the signal's reason if the disk has not answered by then. */
export const askDisk = <T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> =>
  unlessAborted(diskTurns(signal)(work), signal)

/** Size in bytes and modification time in ms since the epoch. */
export interface Stamp {
  bytes: number
  modifiedAt: number
}

/** The stamp of a file; null if there is no file or its folder is closed, 'late' if the disk does not answer. */
export const stampOf = async (
  file: string,
  signal: AbortSignal,
): Promise<Stamp | null | 'late'> => {
  try {
    const { size, mtimeMs } = await askDisk(() => stat(file), signal)
    return { bytes: size, modifiedAt: mtimeMs }
  } catch {
    return signal.aborted ? 'late' : null
  }
}
