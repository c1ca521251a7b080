import { stat } from 'node:fs/promises'
import { diskTurns } from './disk-turns'

/** Milliseconds that one file may take, from when it is its turn (issue 2). */
export const checkLimit = 15_000

/** Work that does not listen to its signal must not hold up the others: rejects with the signal's reason when it fires. */
export const unlessLate = async <T>(work: Promise<T>, signal: AbortSignal): Promise<T> => {
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

/** Asks a disk that may be far away: takes its turn, and rejects when there is no answer before the signal fires. */
export const askDisk = <T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> =>
  unlessLate(diskTurns(signal)(work), signal)

/** A file as the disk has it now: bytes, ms since the epoch. */
export interface Stamp {
  bytes: number
  modifiedAt: number
}

/** Null where there is no file, or it lies in a folder that may not be entered; 'late' when the disk does not answer. */
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
