import type { Draft, Fix, PreparedFile, Selection } from '../../../../preload/contract'
import { fixOf } from '../preflight/remedies'
import { useOutcome } from './prepared-store'

/** What a draft changes in one file. */
export interface Recipe {
  selection: Selection | null
  fix: Fix
}

export const recipeOf = (draft: Draft, fileId: string): Recipe => ({
  selection: fileId === draft.clipId ? draft.selection : null,
  fix: fixOf(draft, fileId),
})

/** Whether the recipe changes the file. */
export const changesFile = ({ selection, fix }: Recipe): boolean =>
  selection !== null || fix.remedies.length > 0

/** A name that is equal for equal recipes. */
export const recipeName = ({ selection, fix }: Recipe): string =>
  JSON.stringify([
    selection?.start,
    selection?.end,
    fix.remedies.toSorted(),
    fix.background,
    fix.crop,
    fix.pad,
    fix.track,
  ])

/** The prepared file for what a draft changes in a file; null when it was not made or the draft has changed since. */
export const useOutcomeOf = (draft: Draft | undefined, fileId: string): PreparedFile | null =>
  useOutcome(fileId, draft ? recipeName(recipeOf(draft, fileId)) : '')
