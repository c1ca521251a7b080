/** The part of a clip that the strip shows, in seconds. */
export interface TimeView {
  start: number
  end: number
}

/** The shortest part that can be shown, in seconds. */
const closest = 0.5

/** Where a time lies in a view: 0 is its left edge, 1 its right one. */
export const positionIn = (time: number, { start, end }: TimeView): number =>
  end > start ? (time - start) / (end - start) : 0

/** The time at a place of a view. */
export const timeAt = (position: number, { start, end }: TimeView): number =>
  start + position * (end - start)

/** The view made narrower (factor < 1) or wider around a time that stays where it is. */
export const zoomed = (
  view: TimeView,
  factor: number,
  around: number,
  duration: number,
): TimeView => {
  const length = Math.min(duration, Math.max(closest, (view.end - view.start) * factor))
  const start = around - positionIn(around, view) * length
  return panned({ start, end: start + length }, 0, duration)
}

/** The view moved by seconds, never past either end. */
export const panned = (view: TimeView, by: number, duration: number): TimeView => {
  const length = Math.min(view.end - view.start, duration)
  const start = Math.min(Math.max(0, view.start + by), duration - length)
  return { start, end: start + length }
}
