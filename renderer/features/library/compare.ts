import { clamp } from '../../clamp'
import type { Size } from '../../ui/use-size'

/** What the comparison shows: the clip as it was sent, both with a divider, or the result. */
export type CompareMode = 'before' | 'split' | 'after'

/** The divider's position for a pointer over the frame: 0 (left) to 1 (right). The inputs are pixels. */
export const dividerAt = (pointerX: number, frame: { left: number; width: number }): number =>
  frame.width <= 0 ? 0.5 : clamp((pointerX - frame.left) / frame.width, 0, 1)

/** The divider's position after a key press; null for other keys. Shift makes bigger steps. */
export const dividerByKey = (divider: number, key: string, shift: boolean): number | null => {
  const step = shift ? 0.1 : 0.02
  const places = { ArrowLeft: divider - step, ArrowRight: divider + step, Home: 0, End: 1 }
  const to = new Map(Object.entries(places)).get(key)
  return to === undefined ? null : clamp(to, 0, 1)
}

/** A CSS clip path that shows the upper layer (before) left of the divider only. */
export const clipOfBefore = (mode: CompareMode, divider: number): string => {
  const shown = mode === 'before' ? 1 : mode === 'after' ? 0 : divider
  return `inset(0 ${((1 - shown) * 100).toFixed(3)}% 0 0)`
}

/** The mode after the shortcut of a mode: for one side, again shows both; for the split, again shows the result. */
export const toggleMode = (mode: CompareMode, pressed: CompareMode): CompareMode => {
  if (mode !== pressed) return pressed
  return pressed === 'split' ? 'after' : 'split'
}

/** The largest frame of the result's aspect ratio inside the stage. Pixels. */
export const fitFrame = (stage: Size, content: Size): Size => {
  if (content.width <= 0 || content.height <= 0) return stage
  const scale = Math.min(stage.width / content.width, stage.height / content.height)
  return { width: Math.floor(content.width * scale), height: Math.floor(content.height * scale) }
}

/** The time in the clip as sent while the result is at `time`; a shorter clip holds its last frame. Seconds. */
export const beforeTime = (time: number, beforeDuration: number): number => {
  if (!Number.isFinite(beforeDuration) || beforeDuration <= 0) return Math.max(0, time)
  return clamp(time, 0, Math.max(0, beforeDuration - 0.04))
}

/** How the second video gets back to the clock: not at all, by a slightly different speed, or by a seek. */
export type Correction =
  | { do: 'nothing' }
  | { do: 'rate'; rate: number }
  | { do: 'seek'; to: number }

/**
 * The correction that keeps two videos on one clock. Seconds.
 *
 * A difference below half a frame cannot be seen. Up to a quarter of a second, a slightly different speed catches up
 * without a visible jump. Beyond that, and while paused, the follower seeks.
 */
export const correction = (clock: number, follower: number, playing: boolean): Correction => {
  const late = clock - follower
  const distance = Math.abs(late)
  if (distance < (playing ? 0.012 : 0.001)) return { do: 'nothing' }
  if (!playing || distance > 0.25) return { do: 'seek', to: clock }
  return { do: 'rate', rate: clamp(1 + late * 0.8, 0.85, 1.15) }
}

/** The time some frames of 1/30 s later, or earlier for a negative number, within the clip. Seconds. */
export const stepFrame = (time: number, duration: number, frames: number): number =>
  clamp(time + frames / 30, 0, Math.max(0, duration - 0.001))
