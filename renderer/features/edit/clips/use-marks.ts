import { useMemo } from 'react'
import type { Draft, MediaItem } from '../../../../preload/contract'
import { useChecksByClip, useDrafts } from '../../../data/use-drafts'
import type { Mark } from '../../../ui/verdict-mark'
import { markOf } from '../file-kind'
import { changesFile, recipeOf } from '../stage/recipe'

const none: readonly Draft[] = []

/** What matters for the verdict of the clip alone, so that typing a prompt asks for nothing. */
const forVerdict = (draft: Draft): Draft => ({
  ...draft,
  prompt: '',
  negativePrompt: '',
  imageIds: [],
  moreSelections: [],
  updatedAt: 0,
})

/** The mark of each file as its draft will send it, so that the column never contradicts the inspector. */
export const useMarks = (): ((item: MediaItem) => Mark) => {
  const drafts = useDrafts().data ?? none
  const found = drafts.filter((draft) => changesFile(recipeOf(draft, draft.clipId))).map(forVerdict)
  // The list is another one with every key that is typed; what is asked about seldom is.
  const words = JSON.stringify(found)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words stand for the list
  const changing = useMemo(() => found, [words])
  const checks = useChecksByClip(changing)
  return useMemo(() => {
    const changed = new Set(changing.map(({ clipId }) => clipId))
    return (item) => {
      const after = changed.has(item.id)
        ? checks.get(item.id)?.files.find(({ id }) => id === item.id)?.report.verdict
        : undefined
      return item.state === 'checked' && after ? after : markOf(item)
    }
  }, [changing, checks])
}
