import { useEffect, useMemo } from 'react'
import type { Draft, MediaItem } from '../../../../preload/contract'
import { useDrafts } from '../../../data/use-drafts'
import { useMedia } from '../../../data/use-media'
import { chooseClip, usePlace } from '../../../navigation'
import { kindOf } from '../file-kind'
import { keepClips } from './chosen-clips'

/** The rows of the column: clips and other files, those added last first, then images that no edit uses. */
export const shelfRows = (media: readonly MediaItem[], drafts: readonly Draft[]): MediaItem[] => {
  // The draft of a removed clip stays: it is there again when the clip is.
  const known = new Set(media.map(({ id }) => id))
  const referred = new Set(
    drafts.flatMap(({ source }) => (known.has(source.clipId) ? source.imageIds : [])),
  )
  const isImage = (item: MediaItem) => kindOf(item) === 'image'
  return [
    ...media.filter((item) => !isImage(item)),
    ...media.filter((item) => isImage(item) && !referred.has(item.id)),
  ]
}

/** The title of the column: "Clips" only when all rows are clips, because it stands beside their number. */
export const shelfName = (rows: readonly MediaItem[]): 'title' | 'files' =>
  rows.every((item) => kindOf(item) === 'clip') ? 'title' : 'files'

const none: readonly never[] = []

/** The rows of the column. Chooses the row edited last, or the first, when the current row does not exist. */
export const useShelf = (): { rows: readonly MediaItem[]; loaded: boolean } => {
  const media = useMedia().data
  const drafts: readonly Draft[] = useDrafts().data ?? none
  const rows = useMemo(() => shelfRows(media ?? none, drafts), [media, drafts])
  const { clipId } = usePlace()
  useEffect(() => keepClips(rows.map(({ id }) => id)), [rows])
  useEffect(() => {
    if (rows.length === 0 || rows.some(({ id }) => id === clipId)) return
    const last = drafts.toSorted((a, b) => b.updatedAt - a.updatedAt)
    const known = last.find((draft) => rows.some(({ id }) => id === draft.source.clipId))
    chooseClip(known?.source.clipId ?? rows[0]?.id ?? null)
  }, [rows, drafts, clipId])
  return { rows, loaded: media !== undefined }
}
