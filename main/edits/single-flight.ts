import { unlessAborted } from '../abort'
import type { Work } from '../tools/run-tool'

interface Flight<T> {
  outcome: Promise<T>
  stop: AbortController
  passengers: Set<Work>
}

/** Runs work once for all who ask for the same thing at the same time. */
export interface SingleFlight<T> {
  /** Rejects with an AbortError for the caller that stops; the work itself stops when nobody waits any more. */
  run: (key: string, work: Work, task: (shared: Work) => Promise<T>) => Promise<T>
  /** Stops everything under way. */
  stop: () => void
}

export const createSingleFlight = <T>(): SingleFlight<T> => {
  const flights = new Map<string, Flight<T>>()

  const depart = (key: string, task: (shared: Work) => Promise<T>): Flight<T> => {
    const stop = new AbortController()
    const passengers = new Set<Work>()
    const onProgress = (fraction: number) => {
      for (const passenger of passengers) passenger.onProgress?.(fraction)
    }
    const outcome = task({ signal: stop.signal, onProgress }).finally(() => {
      if (flights.get(key) === flight) flights.delete(key)
    })
    outcome.catch(() => {}) // each passenger gets the rejection; a flight without any must not end the process
    const flight = { outcome, stop, passengers }
    flights.set(key, flight)
    return flight
  }

  return {
    run: async (key, work, task) => {
      work.signal?.throwIfAborted()
      const boarding = flights.get(key)
      const flight = boarding && !boarding.stop.signal.aborted ? boarding : depart(key, task)
      flight.passengers.add(work)
      try {
        return await unlessAborted(flight.outcome, work.signal)
      } finally {
        flight.passengers.delete(work)
        if (flight.passengers.size === 0) flight.stop.abort()
      }
    },
    stop: () => {
      for (const flight of flights.values()) flight.stop.abort()
    },
  }
}
