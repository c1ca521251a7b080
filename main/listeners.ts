import type { Log } from './log'

/** The listeners of one kind of event. */
export interface Listeners<T> {
  /** Adds a listener; gives the function that removes it. */
  subscribe: (listener: (value: T) => void) => () => void
  /** Calls every listener. One that throws is logged and does not stop the others. */
  emit: (value: T) => void
  count: () => number
}

export const createListeners = <T>(log: Pick<Log, 'error'>): Listeners<T> => {
  const listeners = new Set<(value: T) => void>()
  return {
    subscribe: (listener) => {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    emit: (value) => {
      for (const listener of listeners) {
        try {
          listener(value)
        } catch (error) {
          log.error('A listener failed', { error })
        }
      }
    },
    count: () => listeners.size,
  }
}
