import { useSyncExternalStore } from 'react'
import type { PreparedFile } from '../../../../preload/contract'

/** Outcomes that were made to be looked at, by file, with the recipe they were made by. */
interface Outcome {
  recipe: string
  file: PreparedFile
}

const outcomes = new Map<string, Outcome>()
const listeners = new Set<() => void>()

export const keepOutcome = (fileId: string, outcome: Outcome): void => {
  outcomes.set(fileId, outcome)
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** The outcome of exactly this recipe; null when it was not made, or the recipe has changed since. */
export const useOutcome = (fileId: string, recipe: string): PreparedFile | null => {
  const outcome = useSyncExternalStore(subscribe, () => outcomes.get(fileId))
  return outcome?.recipe === recipe ? outcome.file : null
}
