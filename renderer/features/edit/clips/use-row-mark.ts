import type { MediaItem } from '../../../../preload/contract'
import { useDraftCheck, useDrafts } from '../../../data/use-drafts'
import type { Mark } from '../../../ui/verdict-mark'
import { changesFile, recipeOf } from '../stage/recipe'
import { markOf } from './clip-line'

/** The mark of a file as its draft will send it, so that the column never contradicts the inspector. */
export const useRowMark = (item: MediaItem): Mark => {
  const draft = useDrafts().data?.find(
    (one) => one.clipId === item.id && changesFile(recipeOf(one, item.id)),
  )
  const { check } = useDraftCheck(draft)
  const after = draft && check?.files.find(({ id }) => id === item.id)?.report.verdict
  return item.state === 'checked' && after ? after : markOf(item)
}
