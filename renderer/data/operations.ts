import { create } from 'zustand'
import { answered, reportFailure } from './failures'

/** Progress of the running operations by id: a fraction 0..1, or null when it is unknown. */
const useFractions = create<Readonly<Record<string, number | null>>>(() => ({}))

export const newOperationId = (): string => crypto.randomUUID()

export const setOperation = (operationId: string, fraction: number | null): void =>
  useFractions.setState({ [operationId]: fraction })

export const endOperation = (operationId: string): void =>
  useFractions.setState(({ [operationId]: _ended, ...others }) => others, true)

/** Asks main to stop an operation; its call then rejects with a failure that `wasCancelled`. */
export const cancelOperation = (operationId: string): void => {
  answered(window.reshoot.operations.cancel({ operationId })).catch(reportFailure)
}

/** Progress of an operation, 0..1; null when it is unknown. */
export const useOperation = (operationId: string | null): number | null =>
  useFractions((fractions) => (operationId ? (fractions[operationId] ?? null) : null))
