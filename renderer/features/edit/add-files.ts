import i18next from 'i18next'
import { useCallback } from 'react'
import type { MediaItem } from '../../../preload/contract'
import { changeDraft, draftOf, loadDraft } from '../../data/draft-store'
import { knownMedia, useAddFiles, useAddSample, useOpenFiles } from '../../data/use-media'
import { chooseClip, currentPlace, show } from '../../navigation'
import { toast } from '../../ui/toast-store'
import { kindOf } from './file-kind'

/** The most images a draft holds; what a provider takes of them is its own limit. */
const mostImages = 16

/** The clip that is being edited; null while none is chosen. */
const currentClipId = (): string | null => {
  const { clipId } = currentPlace()
  const item = knownMedia().find(({ id }) => id === clipId)
  return item && kindOf(item) === 'clip' ? item.id : null
}

/** Puts images behind those that an edit already refers to. */
export const addReferences = async (clipId: string, ids: readonly string[]): Promise<void> => {
  await loadDraft(clipId)
  if (!draftOf(clipId)) return
  changeDraft(clipId, (draft) => ({
    ...draft,
    imageIds: [...new Set([...draft.imageIds, ...ids])].slice(0, mostImages),
  }))
}

/**
 * Says where new files go: clips and the rest to the column, of which the first clip is shown; images to the
 * one clip they came with, else to the edit at hand. Images without an edit, or with several clips to choose
 * from, wait in the column.
 */
export const takeItems = async (items: readonly MediaItem[]): Promise<void> => {
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

/** The same for what was dropped or pasted; a folder without files is said, as nothing else would be seen of it. */
export const takeDropped = async (items: readonly MediaItem[]): Promise<void> => {
  if (items.length === 0) toast({ level: 'info', text: i18next.t('common.drop.empty') })
  await takeItems(items)
}

/** Failures are told by the mutation cache; here they only end the chain. */
const ignore = () => undefined

/** The ways a file comes in: dropped or pasted, by the Open dialog, or the sample clip. */
export const useAddAnything = () => {
  const { mutateAsync: add } = useAddFiles()
  const { mutateAsync: open, isPending: opening } = useOpenFiles()
  const { mutateAsync: sample, isPending: sampling } = useAddSample()
  return {
    addFiles: useCallback(
      (files: readonly File[]) =>
        files.length > 0 ? add([...files]).then(takeDropped, ignore) : Promise.resolve(),
      [add],
    ),
    openFiles: useCallback(
      (what: 'any' | 'clips' | 'images') => open(what).then(takeItems, ignore),
      [open],
    ),
    addSample: useCallback(
      () =>
        sample().then(({ id }) => {
          show('edit')
          chooseClip(id)
        }, ignore),
      [sample],
    ),
    opening,
    sampling,
  }
}
