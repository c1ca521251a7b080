import type { Draft, Fix, Selection } from '../../../../preload/contract'
import { fixOf } from '../preflight/remedies'

/** What a draft does to one file. */
export interface Recipe {
  selection: Selection | null
  fix: Fix
}

export const recipeOf = (draft: Draft, fileId: string): Recipe => ({
  selection: fileId === draft.clipId ? draft.selection : null,
  fix: fixOf(draft, fileId),
})

/** Whether anything is done at all. */
export const changesFile = ({ selection, fix }: Recipe): boolean =>
  selection !== null || fix.remedies.length > 0

/** One name for equal recipes. */
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
