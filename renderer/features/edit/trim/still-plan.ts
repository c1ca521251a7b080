import type { TimeView } from './time-view'
import type { Track } from './trim-range'

/** A place in the filmstrip: the frame that stands for it, and the seconds it covers. */
export interface StillPlace {
  frame: number
  start: number
  end: number
}

/** Places that lie on a fixed grid of frames, so that stills stay where they are while the view moves. */
export const stillPlaces = (
  view: TimeView,
  width: number,
  tileWidth: number,
  { duration, frameRate }: Track,
): StillPlace[] => {
  const seconds = view.end - view.start
  if (width <= 0 || seconds <= 0) return []
  const framesPerTile = ((tileWidth / width) * seconds * frameRate) / Math.SQRT2
  const step = 2 ** Math.max(0, Math.round(Math.log2(framesPerTile)))
  const first = Math.floor((view.start * frameRate) / step + 1e-6)
  const last = Math.ceil((Math.min(view.end, duration) * frameRate) / step - 1e-6)
  const end = Math.max(0, Math.round(duration * frameRate) - 1)
  return Array.from({ length: Math.max(0, last - first) }, (_, index) => {
    const from = (first + index) * step
    return {
      frame: Math.min(end, from + Math.floor(step / 2)),
      start: from / frameRate,
      end: (from + step) / frameRate,
    }
  })
}

/** The closest that makes sense: single frames side by side, each in its own shape. Seconds. */
export const closestView = (width: number, tileWidth: number, { frameRate }: Track): number =>
  Math.max(6, Math.round(width / Math.max(1, tileWidth))) / frameRate
