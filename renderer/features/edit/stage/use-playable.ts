import type { MediaItem } from '../../../../preload/contract'
import { usePlayUrl, useScrubUrl } from '../../../data/use-media'
import { useSettledOn } from '../trim/material'

/** The URLs to play: the clip or a playable copy of it, and a small copy for scrubbing. */
export const usePlayable = (item: MediaItem, videoTrack: number) => {
  // The id depends on the clip only, so the progress is found again after another clip was shown.
  const operationId = `play:${videoTrack}:${item.id}`.slice(0, 64)
  const play = usePlayUrl(item.state === 'checked' ? item.id : null, videoTrack, operationId)
  const scrub = useScrubUrl(useSettledOn(item.id) && play.data ? item.id : null, videoTrack)
  return { operationId, play, copy: scrub.data ?? null, idle: !scrub.isPending }
}

export type Playable = ReturnType<typeof usePlayable>
