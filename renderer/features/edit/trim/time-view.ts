/** The part of a clip that the strip shows, in seconds. */
export interface TimeView {
  start: number
  end: number
}

/** Where a time lies in a view: 0 is its left edge, 1 its right one. */
export const positionIn = (time: number, { start, end }: TimeView): number =>
  end > start ? (time - start) / (end - start) : 0

/** The same as CSS has it, from the left or from the right edge. */
export const percentIn = (time: number, view: TimeView, from: 'left' | 'right' = 'left'): string =>
  `${(from === 'left' ? positionIn(time, view) : 1 - positionIn(time, view)) * 100}%`

/** The time at a place of a view. */
export const timeAt = (position: number, { start, end }: TimeView): number =>
  start + position * (end - start)

/** The view made narrower (factor < 1) or wider around a time that stays where it is; never below `closest` seconds. */
export const zoomed = (
  view: TimeView,
  factor: number,
  around: number,
  duration: number,
  closest = 0.5,
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

/** The view moved just as far as is needed to hold a time, with some room beyond it. */
export const holding = (view: TimeView, time: number, duration: number): TimeView => {
  if (time >= view.start && time <= view.end) return view
  const room = (view.end - view.start) * 0.1
  const by = time < view.start ? time - room - view.start : time + room - view.end
  return panned(view, by, duration)
}
