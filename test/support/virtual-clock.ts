import { setTimeout as realWait } from 'node:timers/promises'
import type { Clock } from '../../main/clock'

interface Sleeper {
  due: number
  resolve: () => void
}

/** A clock that stands still until a test moves it. */
export interface VirtualClock extends Clock {
  /** Moves on; wakes everybody whose time has come, in order. */
  advance: (milliseconds: number) => Promise<void>
  /**
   * Moves from sleeper to sleeper until something holds. Rejects when that takes more than `limit` of virtual time.
   */
  until: (what: () => unknown, limit?: number) => Promise<void>
  /** Lets everything run that needs no time. */
  settle: () => Promise<void>
}

/** Noon in the time zone of this computer: file names and months go by the person's own calendar. */
const noon = new Date(2026, 10, 20, 12).getTime()

/** Real milliseconds after which files that are still being worked on are taken for a hang. */
const hang = 30_000

/** Whether anything is being read from or written to the disk right now. */
const diskIsBusy = (): boolean =>
  process.getActiveResourcesInfo().some((resource) => resource.startsWith('FSReq'))

export const createVirtualClock = (start = noon): VirtualClock => {
  let now = start
  const sleepers = new Set<Sleeper>()
  const next = () => [...sleepers].sort((one, other) => one.due - other.due)[0]
  // Disk work really happens, and takes as long as the machine needs: only quiet turns in a row count.
  const settle = async () => {
    const end = performance.now() + hang
    for (let quiet = 0; quiet < 4 && performance.now() < end; ) {
      await realWait(1)
      quiet = diskIsBusy() ? 0 : quiet + 1
    }
  }
  const wake = (sleeper: Sleeper) => {
    now = Math.max(now, sleeper.due)
    sleepers.delete(sleeper)
    sleeper.resolve()
  }
  return {
    now: () => now,
    sleep: (milliseconds, signal) => {
      signal?.throwIfAborted()
      const { promise, resolve, reject } = Promise.withResolvers<void>()
      const sleeper = { due: now + milliseconds, resolve }
      sleepers.add(sleeper)
      signal?.addEventListener('abort', () => {
        sleepers.delete(sleeper)
        reject(signal.reason)
      })
      return promise
    },
    settle,
    advance: async (milliseconds) => {
      const target = now + milliseconds
      await settle()
      for (let first = next(); first && first.due <= target; first = next()) {
        wake(first)
        await settle()
      }
      now = target
    },
    until: async (what, limit = 48 * 3_600_000) => {
      const end = now + limit
      await settle()
      for (let idle = 0; !what(); ) {
        const first = next()
        if (!first && idle++ > 500) throw new Error('nobody sleeps, and it does not hold')
        if (first) {
          if (first.due > end) throw new Error('it did not come to hold in time')
          wake(first)
        }
        await settle()
      }
    },
  }
}
