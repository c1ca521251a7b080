import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Clock } from '../../main/clock'

interface Sleeper {
  due: number
  resolve: () => void
}

/** A clock that only a test moves. */
export interface VirtualClock extends Clock {
  /** Moves the time and ends the sleeps that are due, in order. */
  advance: (milliseconds: number) => Promise<void>
  /**
   * Ends sleep after sleep until the condition holds. Rejects after `limit` ms of virtual time.
   */
  until: (what: () => unknown, limit?: number) => Promise<void>
  /** Sets the clock by this many milliseconds, as a person or a time server does: no sleep ends earlier or later. */
  jump: (milliseconds: number) => void
  /** Waits until all work is done that needs no virtual time. */
  settle: () => Promise<void>
}

/** Noon in this computer's time zone: file names and months use the local calendar. */
const noon = new Date(2026, 10, 20, 12).getTime()

/** Real milliseconds after which disk work counts as a hang. */
const hang = 30_000

/** Whether this process waits for the disk; `CloseReq` is a file handle that closes. */
const diskIsBusy = (): boolean =>
  process.getActiveResourcesInfo().some((resource) => /^(FSReq|CloseReq)/.test(resource))

export const createVirtualClock = (start = noon): VirtualClock => {
  let now = start
  let ahead = 0
  const sleepers = new Set<Sleeper>()
  const next = () => [...sleepers].sort((one, other) => one.due - other.due)[0]
  // Disk work takes real time: the work is done when several turns of the event loop in a row have none.
  const settle = async () => {
    const end = performance.now() + hang
    for (let quiet = 0; quiet < 4 && performance.now() < end; ) {
      await nextTurn()
      quiet = diskIsBusy() ? 0 : quiet + 1
    }
  }
  const wake = (sleeper: Sleeper) => {
    now = Math.max(now, sleeper.due)
    sleepers.delete(sleeper)
    sleeper.resolve()
  }
  return {
    now: () => now + ahead,
    jump: (milliseconds) => {
      ahead += milliseconds
    },
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
        if (!first && idle++ > 500)
          throw new Error('nothing sleeps, and the condition does not hold')
        if (first) {
          if (first.due > end) throw new Error('the condition did not hold in time')
          wake(first)
        }
        await settle()
      }
    },
  }
}
