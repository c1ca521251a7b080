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
