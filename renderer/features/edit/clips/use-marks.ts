import { useMemo } from 'react'
import type { Draft, MediaItem } from '../../../../preload/contract'
import { useChecksByClip, useDrafts } from '../../../data/use-drafts'
import type { Mark } from '../../../ui/verdict-mark'
import { markOf } from '../file-kind'
import { changesFile, recipeOf } from '../stage/recipe'

const none: readonly Draft[] = []

/** The draft reduced to what the clip's verdict depends on, so typing a prompt causes no check. */
const forVerdict = (draft: Draft): Draft => ({
  ...draft,
  prompt: '',
  negativePrompt: '',
  source: { ...draft.source, imageIds: [], moreSelections: [] },
  updatedAt: 0,
})

/** The verdict of each file with the fixes of its draft, as the inspector shows it. */
export const useMarks = (): ((item: MediaItem) => Mark) => {
  const drafts = useDrafts().data ?? none
  const found = drafts
    .filter((draft) => changesFile(recipeOf(draft, draft.source.clipId)))
    .map(forVerdict)
  // The list of drafts changes with every keystroke, the reduced drafts rarely do.
  const content = JSON.stringify(found)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `content` changes whenever `found` does
  const changing = useMemo(() => found, [content])
  const checks = useChecksByClip(changing)
  return useMemo(() => {
    const changed = new Set(changing.map(({ source }) => source.clipId))
    return (item) => {
      const after = changed.has(item.id)
        ? checks.get(item.id)?.files.find(({ id }) => id === item.id)?.report.verdict
        : undefined
      return item.state === 'checked' && after ? after : markOf(item)
    }
  }, [changing, checks])
}
