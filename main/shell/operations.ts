import type { Text } from '../../preload/contract'
import type { Work } from '../tools/run-tool'

/** An operation with this id is already running. */
export class OperationRunning extends Error {
  override readonly name = 'OperationRunning'
  readonly text: Text = { key: 'shell.error.operationTaken', values: {} }
}

/** Slow work with an id from the window, which shows its progress and may cancel it. */
export interface Operations {
  run: <T>(id: string, task: (work: Required<Work>) => Promise<T>) => Promise<T>
  /** No effect after the operation has ended. */
  cancel: (id: string) => void
  cancelAll: () => void
}

/** Milliseconds between two reports of one operation. */
const interval = 100

/**
 * Runs operations. `report` gets the fraction 0..1 at most ten times a second, and always the final 1.
 */
export const createOperations = (
  report: (operationId: string, fraction: number) => void,
  now: () => number = Date.now,
): Operations => {
  const running = new Map<string, AbortController>()
  return {
    run: async (id, task) => {
      if (running.has(id)) throw new OperationRunning(id)
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
