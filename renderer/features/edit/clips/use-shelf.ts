import { useEffect, useMemo } from 'react'
import type { Draft, MediaItem } from '../../../../preload/contract'
import { useDrafts } from '../../../data/use-drafts'
import { useMedia } from '../../../data/use-media'
import { chooseClip, usePlace } from '../../../navigation'
import { shelfRows } from './shelf-rows'

const none: readonly never[] = []

/** The rows of the column; something is always chosen when there is anything to choose. */
export const useShelf = (): { rows: readonly MediaItem[]; loaded: boolean } => {
  const media = useMedia().data
  const drafts: readonly Draft[] = useDrafts().data ?? none
  const rows = useMemo(() => shelfRows(media ?? none, drafts), [media, drafts])
  const { clipId } = usePlace()
  useEffect(() => {
    if (rows.length === 0 || rows.some(({ id }) => id === clipId)) return
    const last = drafts.toSorted((a, b) => b.updatedAt - a.updatedAt)
    const known = last.find((draft) => rows.some(({ id }) => id === draft.clipId))
    chooseClip(known?.clipId ?? rows[0]?.id ?? null)
  }, [rows, drafts, clipId])
  return { rows, loaded: media !== undefined }
}
