import type { Clock } from '../../clock'

/** Names that are remembered; the oldest go first. */
const remembered = 500

/** Lets calls about the same thing through no more often than every so many milliseconds. */
export function createPace(clock: Clock, least: number) {
  const free = new Map<string, number>()

  return async (name: string, signal: AbortSignal): Promise<void> => {
    const now = clock.now()
    const start = Math.max(now, free.get(name) ?? now)
    free.delete(name)
    free.set(name, start + least)
    const [oldest] = free.keys()
    if (free.size > remembered && oldest !== undefined) free.delete(oldest)
    if (start > now) await clock.sleep(start - now, signal)
  }
}
