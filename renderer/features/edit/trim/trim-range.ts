import type { Selection } from '../../../../preload/contract'
import { wan27 } from '../../../../preload/contract/wan27'
import { clamp } from '../../../clamp'

/** How long a clip may be. Seconds. */
export const clipSeconds = wan27.edit.clip.duration

/** What trimming needs to know about a clip. Seconds, frames per second. */
export interface Track {
  duration: number
  frameRate: number
  /** Displayed width divided by height; 16:9 is assumed when it is unknown. */
  ratio?: number
}

/** Lengths and ends that differ by less count as equal. Seconds. */
export const tolerance = 0.0005

/** The nearest frame boundary inside the clip. Seconds. */
export const snapToFrame = (time: number, { duration, frameRate }: Track): number =>
  clamp(Math.round(time * frameRate) / frameRate, 0, duration)

/** The duration of one frame. Seconds. */
export const frameDuration = ({ frameRate }: Track): number => 1 / frameRate

/** How long a selection of this clip may be. Seconds. */
const lengths = ({ duration }: Track) => ({
  min: Math.min(clipSeconds.min, duration),
  max: Math.min(clipSeconds.max, duration),
})

/** The selected range inside the clip; the whole clip when nothing is selected. */
export const rangeOf = (selection: Selection | null, { duration }: Track): Selection =>
  selection === null
    ? { start: 0, end: duration }
    : { start: clamp(selection.start, 0, duration), end: clamp(selection.end, 0, duration) }

export const lengthOf = ({ start, end }: Selection): number => end - start

export type LengthState = 'ok' | 'too-short' | 'too-long'

/** Whether the model accepts a clip of this length. One that is extended is never too short. */
export const lengthState = (seconds: number, isExtended = false): LengthState => {
  if (seconds < clipSeconds.min - tolerance && !isExtended) return 'too-short'
  return seconds > clipSeconds.max + tolerance ? 'too-long' : 'ok'
}

/** The last frame boundary within `long` seconds of `from`; one frame later where the range would be too short. */
const lastFrameEnd = (from: number, long: number, { frameRate, duration }: Track): number => {
  const end = Math.floor((from + long) * frameRate + 1e-6) / frameRate
  const least = Math.min(clipSeconds.min, duration)
  return end - from < least - 1e-6 ? Math.ceil((from + least) * frameRate - 1e-6) / frameRate : end
}

/** A range of `length` seconds from `start`, moved and shortened to fit the clip and the model. */
export const windowAt = (start: number, length: number, track: Track): Selection => {
  const { min, max } = lengths(track)
  const long = clamp(length, min, max)
  const from = snapToFrame(clamp(start, 0, track.duration - long), track)
  return { start: from, end: Math.min(lastFrameEnd(from, long, track), track.duration) }
}

/** The range with another in point; the out point moves only when the length would not be allowed. */
export const withStart = (range: Selection, time: number, track: Track): Selection => {
  const { min, max } = lengths(track)
  const start = clamp(snapToFrame(time, track), 0, track.duration - min)
  return { start, end: clamp(range.end, start + min, Math.min(start + max, track.duration)) }
}

/** The range with another out point; the in point moves only when the length would not be allowed. */
export const withEnd = (range: Selection, time: number, track: Track): Selection => {
  const { min, max } = lengths(track)
  const end = clamp(snapToFrame(time, track), min, track.duration)
  return { start: clamp(range.start, Math.max(0, end - max), end - min), end }
}

/** The range moved to another start, with the same length. */
export const movedTo = (range: Selection, start: number, track: Track): Selection => {
  const length = lengthOf(range)
  const latest = track.duration - length
  const first = clamp(snapToFrame(clamp(start, 0, latest), track), 0, latest)
  return { start: first, end: first + length }
}

/** The selection of the one-click trim: as long as the model allows, from the playhead, earlier near the end of the clip. */
export const suggestedTrim = (playhead: number, track: Track): Selection =>
  windowAt(playhead >= track.duration - frameDuration(track) ? 0 : playhead, clipSeconds.max, track)

/** A range as a draft stores it: null when it covers the whole clip. */
export const asSelection = (range: Selection, track: Track): Selection | null =>
  range.start <= 0 && range.end >= track.duration - frameDuration(track) / 2 ? null : range
