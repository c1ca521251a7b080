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

export const createVirtualClock = (start = Date.UTC(2026, 10, 20, 10)): VirtualClock => {
  let now = start
  const sleepers = new Set<Sleeper>()
  const next = () => [...sleepers].sort((one, other) => one.due - other.due)[0]
  // Disk work really happens: a few short turns of the real clock let it finish.
  const settle = async () => {
    for (let turn = 0; turn < 4; turn++) await realWait(1)
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
