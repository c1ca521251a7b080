import type { Log } from './log'

/** The listeners of one kind of event. */
export const createListeners = <T>(log: Pick<Log, 'error'>) => {
  const listeners = new Set<(value: T) => void>()
  return {
    /** Adds a listener; gives the function that removes it. */
    subscribe: (listener: (value: T) => void): (() => void) => {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    /** Calls every listener. One that throws is logged and does not stop the others. */
    emit: (value: T): void => {
      for (const listener of listeners) {
        try {
          listener(value)
        } catch (error) {
          log.error('A listener failed', { error })
        }
      }
    },
    count: (): number => listeners.size,
  }
}
