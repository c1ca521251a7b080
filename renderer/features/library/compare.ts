/** What the comparison shows: all of the clip as it was sent, both with a divider, or all of the result. */
export type CompareMode = 'before' | 'split' | 'after'

const clamp = (value: number, min: number, max: number) => Math.min(max, Math.max(min, value))

/** Where the divider stands for a pointer over the frame, 0 (left) to 1 (right). Pixels. */
export const dividerAt = (pointerX: number, frame: { left: number; width: number }): number =>
  frame.width <= 0 ? 0.5 : clamp((pointerX - frame.left) / frame.width, 0, 1)

/** Where a key puts the divider; null when the key means nothing to it. Shift makes bigger steps. */
export const dividerByKey = (divider: number, key: string, shift: boolean): number | null => {
  const step = shift ? 0.1 : 0.02
  switch (key) {
    case 'ArrowLeft':
      return clamp(divider - step, 0, 1)
    case 'ArrowRight':
      return clamp(divider + step, 0, 1)
    case 'Home':
      return 0
    case 'End':
      return 1
    default:
      return null
  }
}

/** The part of the upper layer (before) that is visible: the left of the divider. */
export const clipOfBefore = (mode: CompareMode, divider: number): string => {
  const shown = mode === 'before' ? 1 : mode === 'after' ? 0 : divider
  return `inset(0 ${((1 - shown) * 100).toFixed(3)}% 0 0)`
}

/** A and B show one side alone; pressed again they go back to both. S is the split itself. */
export const modeByKey = (mode: CompareMode, key: string): CompareMode | null => {
  switch (key.toLowerCase()) {
    case 'a':
      return mode === 'before' ? 'split' : 'before'
    case 'b':
      return mode === 'after' ? 'split' : 'after'
    case 's':
      return mode === 'split' ? 'after' : 'split'
    default:
      return null
  }
}

interface Size {
  width: number
  height: number
}

/** The largest frame of the result's ratio inside the stage. Pixels. */
export const fitFrame = (stage: Size, content: Size): Size => {
  if (content.width <= 0 || content.height <= 0) return { width: stage.width, height: stage.height }
  const scale = Math.min(stage.width / content.width, stage.height / content.height)
  return { width: Math.floor(content.width * scale), height: Math.floor(content.height * scale) }
}

/** Seconds at which the clip as sent stands while the result stands at `time`: it holds its last frame when it is shorter. */
export const beforeTime = (time: number, beforeDuration: number): number => {
  if (!Number.isFinite(beforeDuration) || beforeDuration <= 0) return Math.max(0, time)
  return clamp(time, 0, Math.max(0, beforeDuration - 0.04))
}

/** How the second video is brought back to the clock: left alone, gently faster or slower, or put there. */
export type Correction =
  | { do: 'nothing' }
  | { do: 'rate'; rate: number }
  | { do: 'seek'; to: number }

/**
 * Keeps two videos on one clock.
 *
 * Below half a frame nothing is to be seen. Up to a quarter of a second a slightly different speed catches up
 * without a visible jump; beyond that, and whenever they stand still, it seeks. Seconds.
 */
export const correction = (clock: number, follower: number, playing: boolean): Correction => {
  const late = clock - follower
  const distance = Math.abs(late)
  if (distance < (playing ? 0.012 : 0.001)) return { do: 'nothing' }
  if (!playing || distance > 0.25) return { do: 'seek', to: clock }
  return { do: 'rate', rate: clamp(1 + late * 0.8, 0.85, 1.15) }
}

/** The same moment one frame later or earlier, within the clip. Seconds. */
export const stepFrame = (time: number, duration: number, frames: number, frameRate = 30): number =>
  clamp(time + frames / frameRate, 0, Math.max(0, duration - 0.001))
