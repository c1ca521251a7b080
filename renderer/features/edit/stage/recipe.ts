import { create } from 'zustand'
import type { Draft, Fix, PreparedFile, Selection } from '../../../../preload/contract'
import { fixOf } from '../preflight/remedies'

/** What a draft changes in one file. */
interface Recipe {
  selection: Selection | null
  fix: Fix
}

export const recipeOf = (draft: Draft, fileId: string): Recipe => ({
  selection: fileId === draft.source.clipId ? draft.source.selection : null,
  fix: fixOf(draft, fileId),
})

/** Whether the recipe changes the file. */
export const changesFile = ({ selection, fix }: Recipe): boolean =>
  selection !== null || fix.remedies.length > 0

/** A name that is equal for equal recipes. */
const recipeName = ({ selection, fix }: Recipe): string =>
  JSON.stringify([
    selection?.start,
    selection?.end,
    fix.remedies.toSorted(),
    fix.background,
    fix.crop,
    fix.pad,
    fix.extend,
    fix.track,
  ])

/** The last file that was prepared from each file for a preview, with the name of its recipe, by file id. */
const useOutcomes = create<Readonly<Record<string, { name: string; file: PreparedFile }>>>(
  () => ({}),
)

export const keepOutcome = (fileId: string, recipe: Recipe, file: PreparedFile): void =>
  useOutcomes.setState({ [fileId]: { name: recipeName(recipe), file } })

/** The prepared file for what a draft changes in a file; null when it was not made or the draft has changed since. */
export const useOutcomeOf = (draft: Draft | undefined, fileId: string): PreparedFile | null => {
  const name = draft ? recipeName(recipeOf(draft, fileId)) : ''
  return useOutcomes(({ [fileId]: outcome }) => (outcome?.name === name ? outcome.file : null))
}
