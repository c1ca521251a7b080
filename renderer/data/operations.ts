import { useSyncExternalStore } from 'react'
import { answered } from './answer-failure'
import { reportFailure } from './report-failure'

/** Fractions 0..1 of the operations under way, null when they cannot be told. */
const fractions = new Map<string, number | null>()
const listeners = new Set<() => void>()

export const newOperationId = (): string => crypto.randomUUID()

export const setOperation = (operationId: string, fraction: number | null): void => {
  fractions.set(operationId, fraction)
  for (const listener of listeners) listener()
}

export const endOperation = (operationId: string): void => {
  fractions.delete(operationId)
}

/** Asks main to stop; the call itself then ends with an error that is no news. */
export const cancelOperation = (operationId: string): void => {
  answered(window.reshoot.operations.cancel({ operationId })).catch(reportFailure)
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** How far an operation has come; null when it cannot be told. */
export const useOperation = (operationId: string | null): number | null =>
  useSyncExternalStore(subscribe, () => (operationId ? (fractions.get(operationId) ?? null) : null))
