import { setTimeout as wait } from 'node:timers/promises'

/** Time as a parameter, so that tests can control it. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now: () => number
  /** Resolves after this many milliseconds; rejects with an AbortError when the signal fires. */
  sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>
}

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: async (milliseconds, signal) => {
    await wait(milliseconds, undefined, signal ? { signal } : {})
  },
}
