import { type RefObject, useEffect, useEffectEvent, useState } from 'react'
import type { Selection } from '../../../../preload/contract'
import { clamp } from '../../../clamp'
import { usePlayer } from '../stage/player'
import { lengthOf, type Track } from './trim-range'

/** The visible time range of the strip. Seconds. */
export type TimeView = Selection

/** What every lane of the strip is drawn for. `width` in pixels. */
export interface LaneProps {
  view: TimeView
  width: number
  track: Track
}

/** The position of a time in a view: 0 at the left edge, 1 at the right edge. */
export const positionIn = (time: number, { start, end }: TimeView): number =>
  end > start ? (time - start) / (end - start) : 0

/** The position as a CSS percentage from the left or the right edge. */
export const percentIn = (time: number, view: TimeView, from: 'left' | 'right' = 'left'): string =>
  `${(from === 'left' ? positionIn(time, view) : 1 - positionIn(time, view)) * 100}%`

/** The time at a position in a view. Seconds. */
export const timeAt = (position: number, { start, end }: TimeView): number =>
  start + position * (end - start)

/** The view zoomed in (factor < 1) or out around a time that keeps its position; at least `closest` seconds long. */
export const zoomed = (
  view: TimeView,
  factor: number,
  around: number,
  duration: number,
  closest = 0.5,
): TimeView => {
  const length = Math.min(duration, Math.max(closest, lengthOf(view) * factor))
  const start = around - positionIn(around, view) * length
  return panned({ start, end: start + length }, 0, duration)
}

/** The view moved by seconds, within the clip. */
export const panned = (view: TimeView, by: number, duration: number): TimeView => {
  const length = Math.min(lengthOf(view), duration)
  const start = clamp(view.start + by, 0, duration - length)
  return { start, end: start + length }
}

/** The view scrolled until it contains a time, with a margin. */
export const scrolledTo = (view: TimeView, time: number, duration: number): TimeView => {
  if (time >= view.start && time <= view.end) return view
  const room = lengthOf(view) * 0.1
  const by = time < view.start ? time - room - view.start : time + room - view.end
  return panned(view, by, duration)
}

/** Space around a part when the view zooms to it, as a fraction of its length. */
const margin = 0.08

/** The visible time range and how to change it. It follows the playhead. Seconds. */
export const useView = ({
  surface,
  duration,
  closest,
  range,
}: {
  surface: RefObject<HTMLElement | null>
  duration: number
  closest: number
  range: Selection
}) => {
  const player = usePlayer()
  const [view, setView] = useState<TimeView>({ start: 0, end: duration })
  /** Whether the view shows the whole clip. */
  const isWhole = lengthOf(view) >= duration - 0.001
  const zoom = (factor: number, around: (view: TimeView) => number) =>
    setView((before) => zoomed(before, factor, around(before), duration, closest))
  const headOrMiddle = (before: TimeView) =>
    player.time >= before.start && player.time <= before.end ? player.time : timeAt(0.5, before)
  // The wheel over the strip zooms with Ctrl or Cmd, and scrolls without.
  const onWheel = useEffectEvent((event: WheelEvent, element: HTMLElement) => {
    event.preventDefault()
    const { left, width } = element.getBoundingClientRect()
    if (width === 0) return
    const position = (event.clientX - left) / width
    const part = (event.deltaX + event.deltaY) / width
    if (event.ctrlKey || event.metaKey)
      zoom(Math.exp(event.deltaY / 300), (before) => timeAt(position, before))
    else setView((before) => panned(before, part * lengthOf(before), duration))
  })
  useEffect(() => {
    const element = surface.current
    if (!element) return
    const listener = (event: WheelEvent) => onWheel(event, element)
    // React's wheel listener is passive and could not prevent the page from zooming.
    element.addEventListener('wheel', listener, { passive: false })
    return () => element.removeEventListener('wheel', listener)
  }, [surface])
  useEffect(() => {
    if (isWhole) return
    let first = true
    return player.onTick((time) => {
      // The first call only reports the playhead: the user may have scrolled away from it.
      if (!first) setView((before) => scrolledTo(before, time, duration))
      first = false
    })
  }, [player, duration, isWhole])
  return {
    view,
    setView,
    isWhole,
    zoom: (factor: number) => zoom(factor, headOrMiddle),
    /** Zooms to the current part, or to the whole clip when the view shows that part already. */
    zoomToPart: () => {
      const room = Math.max(closest, lengthOf(range)) * margin
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
