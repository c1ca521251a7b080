import { unlessAborted } from '../abort'
import type { Work } from '../tools/run-tool'

interface Flight<T> {
  outcome: Promise<T>
  stop: AbortController
  callers: Set<Work>
}

/** Runs work once for all callers with the same key at the same time. */
export interface SingleFlight<T> {
  /** Rejects with an AbortError for a caller that stops waiting. The work stops when no caller is left. */
  run: (key: string, work: Work, task: (shared: Work) => Promise<T>) => Promise<T>
  /** Stops all running work. */
  stop: () => void
}

export const createSingleFlight = <T>(): SingleFlight<T> => {
  const flights = new Map<string, Flight<T>>()

  const start = (key: string, task: (shared: Work) => Promise<T>): Flight<T> => {
    const stop = new AbortController()
    const callers = new Set<Work>()
    const onProgress = (fraction: number) => {
      for (const caller of callers) caller.onProgress?.(fraction)
    }
    const outcome = task({ signal: stop.signal, onProgress }).finally(() => {
      if (flights.get(key) === flight) flights.delete(key)
    })
    outcome.catch(() => {}) // handled by each caller; without callers it must not end the process
    const flight = { outcome, stop, callers }
    flights.set(key, flight)
    return flight
  }

  return {
    run: async (key, work, task) => {
      work.signal?.throwIfAborted()
      const running = flights.get(key)
      const flight = running && !running.stop.signal.aborted ? running : start(key, task)
      flight.callers.add(work)
      try {
        return await unlessAborted(flight.outcome, work.signal)
      } finally {
        flight.callers.delete(work)
        if (flight.callers.size === 0) flight.stop.abort()
      }
    },
    stop: () => {
      for (const flight of flights.values()) flight.stop.abort()
    },
  }
}
