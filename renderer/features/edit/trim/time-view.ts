import { type RefObject, useEffect, useRef, useState } from 'react'
import type { Selection } from '../../../../preload/contract'
import type { Player } from '../stage/player'

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

/** Turning the wheel over the strip: with Ctrl closer or further, else sideways. */
const useWheel = (
  surface: RefObject<HTMLElement | null>,
  onZoom: (factor: number, position: number) => void,
  onPan: (part: number) => void,
) => {
  const latest = useRef({ onZoom, onPan })
  useEffect(() => {
    latest.current = { onZoom, onPan }
  })
  useEffect(() => {
    const element = surface.current
    if (!element) return
    const onWheel = (event: WheelEvent) => {
      event.preventDefault()
      const { left, width } = element.getBoundingClientRect()
      if (width === 0) return
      if (event.ctrlKey || event.metaKey)
        latest.current.onZoom(Math.exp(event.deltaY / 300), (event.clientX - left) / width)
      else latest.current.onPan((event.deltaX + event.deltaY) / width)
    }
    // React listens passively, which could not keep the page from zooming.
    element.addEventListener('wheel', onWheel, { passive: false })
    return () => element.removeEventListener('wheel', onWheel)
  }, [surface])
}

/** Room around a part that is zoomed to, of its length. */
const margin = 0.08

/** The part of the clip that the strip shows; it follows the playhead when that leaves it. Seconds. */
export const useView = ({
  surface,
  duration,
  closest,
  range,
  player,
}: {
  surface: RefObject<HTMLElement | null>
  duration: number
  closest: number
  range: Selection
  player: Player
}) => {
  const [view, setView] = useState<TimeView>({ start: 0, end: duration })
  const isWhole = view.end - view.start >= duration - 0.001
  const zoom = (factor: number, around: (view: TimeView) => number) =>
    setView((before) => zoomed(before, factor, around(before), duration, closest))
  const headOrMiddle = (before: TimeView) =>
    player.time >= before.start && player.time <= before.end ? player.time : timeAt(0.5, before)
  useWheel(
    surface,
    (factor, position) => zoom(factor, (before) => timeAt(position, before)),
    (part) => setView((before) => panned(before, part * (before.end - before.start), duration)),
  )
  useEffect(() => {
    if (isWhole) return
    let first = true
    return player.onTick((time) => {
      // The first one only tells where the playhead is: the person may be looking elsewhere.
      if (!first) setView((before) => holding(before, time, duration))
      first = false
    })
  }, [player, duration, isWhole])
  return {
    view,
    setView,
    isWhole,
    zoom: (factor: number) => zoom(factor, headOrMiddle),
    /** To the part at hand, or to all of the clip when it is in view already. */
    zoomToPart: () => {
      const room = Math.max(closest, range.end - range.start) * margin
      const start = Math.max(0, range.start - room)
      const end = Math.min(duration, Math.max(range.end + room, start + closest))
      setView((before) =>
        Math.abs(before.start - start) + Math.abs(before.end - end) < 0.01
          ? { start: 0, end: duration }
          : { start, end },
      )
    },
  }
}
