import { create } from 'zustand'
import type { PreparedFile } from '../../../../preload/contract'

/** A prepared file that was made to be looked at, and the recipe it was made with. */
interface Outcome {
  recipe: string
  file: PreparedFile
}

/** The last outcome of each file, by file id. */
const useOutcomes = create<Readonly<Record<string, Outcome>>>(() => ({}))

export const keepOutcome = (fileId: string, outcome: Outcome): void =>
  useOutcomes.setState({ [fileId]: outcome })

/** The outcome of exactly this recipe; null when there is none. */
export const useOutcome = (fileId: string, recipe: string): PreparedFile | null =>
  useOutcomes(({ [fileId]: outcome }) => (outcome?.recipe === recipe ? outcome.file : null))
