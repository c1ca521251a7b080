import type { Text } from '../../preload/contract'
import type { Work } from '../tools/run-tool'

/** An operation with this id is already running. */
class OperationRunning extends Error {
  override readonly name = 'OperationRunning'
  readonly text: Text = { key: 'shell.error.operationTaken', values: {} }
}

/** Milliseconds between two reports of one operation. */
const interval = 100

/** Slow work with an id from the window, which shows its progress and may cancel it. */
export type Operations = ReturnType<typeof createOperations>

/**
 * Runs operations. `report` gets the fraction 0..1 at most ten times a second, and always the final 1.
 */
export const createOperations = (
  report: (operationId: string, fraction: number) => void,
  now: () => number = Date.now,
) => {
  const running = new Map<string, AbortController>()
  return {
    run: async <T>(id: string, task: (work: Required<Work>) => Promise<T>): Promise<T> => {
      if (running.has(id)) throw new OperationRunning(id)
      const controller = new AbortController()
      running.set(id, controller)
      try {
        let last = Number.NEGATIVE_INFINITY
        const onProgress = (fraction: number): void => {
          if (fraction < 1 && now() - last < interval) return
          last = now()
          report(id, Math.min(1, Math.max(0, fraction)))
        }
        return await task({ signal: controller.signal, onProgress })
      } finally {
        running.delete(id)
      }
    },
    /** No effect after the operation has ended. */
    cancel: (id: string): void => running.get(id)?.abort(),
    cancelAll: (): void => {
      for (const controller of running.values()) controller.abort()
    },
  }
}
