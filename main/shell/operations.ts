import type { Text } from '../../preload/contract'
import type { Work } from '../tools/run-tool'

/** An operation of this name is already under way. */
export class OperationTaken extends Error {
  override readonly name = 'OperationTaken'
  readonly text: Text = { key: 'shell.error.operationTaken', values: {} }
}

/** Slow work that the window named, so that it can see its progress and stop it. */
export interface Operations {
  run: <T>(id: string, task: (work: Required<Work>) => Promise<T>) => Promise<T>
  /** Nothing happens when it has ended already. */
  cancel: (id: string) => void
  cancelAll: () => void
}

/** Milliseconds between two reports of one operation. */
const interval = 100

/**
 * Keeps the running operations. `report` is told the fraction 0..1, at most ten times a second, and always of the end.
 */
export const createOperations = (
  report: (operationId: string, fraction: number) => void,
  now: () => number = Date.now,
): Operations => {
  const running = new Map<string, AbortController>()
  return {
    run: async (id, task) => {
      if (running.has(id)) throw new OperationTaken(id)
      const controller = new AbortController()
      running.set(id, controller)
      try {
        const onProgress = throttled((fraction) => report(id, fraction), now)
        return await task({ signal: controller.signal, onProgress })
      } finally {
        running.delete(id)
      }
    },
    cancel: (id) => running.get(id)?.abort(),
    cancelAll: () => {
      for (const controller of running.values()) controller.abort()
    },
  }
}

const throttled = (report: (fraction: number) => void, now: () => number) => {
  let last = Number.NEGATIVE_INFINITY
  return (fraction: number): void => {
    if (fraction < 1 && now() - last < interval) return
    last = now()
    report(Math.min(1, Math.max(0, fraction)))
  }
}
