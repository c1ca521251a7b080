import type { Selection } from '../../../../preload/contract'
import { wan27 } from '../../../../preload/contract/wan27'

/** How long a clip may be. Seconds. */
export const clipSeconds = wan27.edit.clip.duration

/** A clip as far as trimming needs to know it. Seconds, frames per second. */
export interface Track {
  duration: number
  frameRate: number
  /** Displayed width / height; taken to be 16:9 where it is not known. */
  ratio?: number
}

const clamp = (value: number, low: number, high: number) => Math.min(Math.max(value, low), high)

/** The nearest boundary between frames, never past the end. */
export const snapToFrame = (time: number, { duration, frameRate }: Track): number =>
  clamp(Math.round(time * frameRate) / frameRate, 0, duration)

/** Seconds of one frame. */
export const frameOf = ({ frameRate }: Track): number => 1 / frameRate

/** How long a selection of this track may be. */
const lengths = ({ duration }: Track) => ({
  min: Math.min(clipSeconds.min, duration),
  max: Math.min(clipSeconds.max, duration),
})

/** What is taken: the selection, or all of it. */
export const rangeOf = (selection: Selection | null, { duration }: Track): Selection =>
  selection === null
    ? { start: 0, end: duration }
    : { start: clamp(selection.start, 0, duration), end: clamp(selection.end, 0, duration) }

export const lengthOf = ({ start, end }: Selection): number => end - start

export type LengthState = 'ok' | 'too-short' | 'too-long'

/** Whether the model takes so much; half a millisecond is forgiven. */
export const lengthState = (seconds: number): LengthState => {
  if (seconds < clipSeconds.min - 0.0005) return 'too-short'
  return seconds > clipSeconds.max + 0.0005 ? 'too-long' : 'ok'
}

/** Where a selection of at most `long` seconds ends between two frames; one frame later where it would be too short. */
const lastFrameEnd = (from: number, long: number, { frameRate, duration }: Track): number => {
  const end = Math.floor((from + long) * frameRate + 1e-6) / frameRate
  const least = Math.min(clipSeconds.min, duration)
  return end - from < least - 1e-6 ? Math.ceil((from + least) * frameRate - 1e-6) / frameRate : end
}

/** A selection of `length` seconds that begins at `start`, as far as the track allows both. */
export const windowAt = (start: number, length: number, track: Track): Selection => {
  const { min, max } = lengths(track)
  const long = clamp(length, min, max)
  const from = snapToFrame(clamp(start, 0, track.duration - long), track)
  return { start: from, end: Math.min(lastFrameEnd(from, long, track), track.duration) }
}

/** Moves the in point; the out point follows only where the bounds leave no other way. */
export const withStart = (range: Selection, time: number, track: Track): Selection => {
  const { min, max } = lengths(track)
  const start = clamp(snapToFrame(time, track), 0, track.duration - min)
  return { start, end: clamp(range.end, start + min, Math.min(start + max, track.duration)) }
}

/** Moves the out point; the in point follows only where the bounds leave no other way. */
export const withEnd = (range: Selection, time: number, track: Track): Selection => {
  const { min, max } = lengths(track)
  const end = clamp(snapToFrame(time, track), min, track.duration)
  return { start: clamp(range.start, Math.max(0, end - max), end - min), end }
}

/** Slides the selection without changing its length. */
export const movedTo = (range: Selection, start: number, track: Track): Selection => {
  const length = lengthOf(range)
  const from = snapToFrame(clamp(start, 0, track.duration - length), track)
  const first = Math.min(from, Math.max(0, track.duration - length))
  return { start: first, end: first + length }
}

/** What a trim chosen by one press takes: as much as the model allows, from the playhead, pulled back where the clip ends. */
export const suggestedTrim = (playhead: number, track: Track): Selection =>
  windowAt(playhead >= track.duration - frameOf(track) ? 0 : playhead, clipSeconds.max, track)

/** null for a selection that is the whole clip anyway. */
export const asSelection = (range: Selection, track: Track): Selection | null =>
  range.start <= 0 && range.end >= track.duration - frameOf(track) / 2 ? null : range
