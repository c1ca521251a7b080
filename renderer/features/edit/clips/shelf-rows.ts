import type { Draft, MediaItem } from '../../../../preload/contract'
import { kindOf } from '../file-kind'

/** What the column lists: clips and other files in the order they came, then images that no edit refers to. */
export const shelfRows = (media: readonly MediaItem[], drafts: readonly Draft[]): MediaItem[] => {
  const referred = new Set(drafts.flatMap(({ imageIds }) => imageIds))
  const isImage = (item: MediaItem) => kindOf(item) === 'image'
  return [
    ...media.filter((item) => !isImage(item)),
    ...media.filter((item) => isImage(item) && !referred.has(item.id)),
  ]
}

/** What the column calls its rows: clips as long as nothing else is among them, so that their number is true. */
export const shelfName = (rows: readonly MediaItem[]): 'title' | 'files' =>
  rows.every((item) => kindOf(item) === 'clip') ? 'title' : 'files'
