import i18next from 'i18next'
import type { MediaItem } from '../../../preload/contract'
import { mostImages } from '../../../preload/contract/bounds'
import { changeDraft, draftOfClip, loadDraft } from '../../data/draft-store'
import { knownMedia, useAddFiles, useAddSample, useOpenFiles } from '../../data/use-media'
import { chooseClip, currentPlace, show } from '../../navigation'
import { toast } from '../../ui/toast-store'
import { kindOf } from './file-kind'

/** The current clip; null when no clip is chosen. */
const currentClipId = (): string | null => {
  const { clipId } = currentPlace()
  const item = knownMedia().find(({ id }) => id === clipId)
  return item && kindOf(item) === 'clip' ? item.id : null
}

/** Adds reference images to the draft of a clip, after those it has. */
export const addReferences = async (clipId: string, ids: readonly string[]): Promise<void> => {
  await loadDraft(clipId)
  const known = draftOfClip(clipId)
  if (!known) return
  changeDraft(known.id, (draft) => {
    const imageIds = [...new Set([...draft.source.imageIds, ...ids])].slice(0, mostImages)
    return { ...draft, source: { ...draft.source, imageIds } }
  })
}

/**
 * Places new files. Clips and other files go to the column, and the first clip is shown. Images become references of
 * the single clip they were added with, else of the current clip. With several clips, or without any, they go to the
 * column.
 */
export const placeFiles = async (items: readonly MediaItem[]): Promise<void> => {
  if (items.length === 0) return
  const images = items.filter((item) => kindOf(item) === 'image')
  const others = items.filter((item) => kindOf(item) !== 'image')
  const clips = others.filter((item) => kindOf(item) === 'clip')
  const clipId = clips.length > 1 ? null : (clips[0]?.id ?? currentClipId())
  if (currentPlace().view !== 'edit') show('edit')
  const first = clips[0] ?? others[0]
  if (first) chooseClip(first.id)
  if (clipId && images.length > 0)
    await addReferences(
      clipId,
      images.map(({ id }) => id),
    )
  else if (!first && images[0]) chooseClip(images[0].id)
}

/** Places dropped or pasted files, with a message when there were none, for example in an empty folder. */
export const placeDropped = async (items: readonly MediaItem[]): Promise<void> => {
  if (items.length === 0) toast({ level: 'info', text: i18next.t('common.drop.empty') })
  await placeFiles(items)
}

/** The mutation cache reports failures. */
const ignore = () => undefined

/** Adds files: dropped or pasted ones, from the Open dialog, or the sample clip. */
export const useAddAnything = () => {
  const { mutateAsync: add } = useAddFiles()
  const { mutateAsync: open, isPending: opening } = useOpenFiles()
  const { mutateAsync: sample, isPending: sampling } = useAddSample()
  return {
    addFiles: async (files: readonly File[]) => {
      if (files.length > 0) await add(files).then(placeDropped, ignore)
    },
    openFiles: (what: 'any' | 'clips' | 'images') => open(what).then(placeFiles, ignore),
    addSample: () =>
      sample().then(({ id }) => {
        show('edit')
        chooseClip(id)
      }, ignore),
    opening,
    sampling,
  }
}
