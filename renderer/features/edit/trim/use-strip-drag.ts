import { type PointerEvent, type RefObject, useRef, useState } from 'react'
import type { Selection } from '../../../../preload/contract'
import type { Player } from '../stage/player'
import { type SnapPoint, type Snapped, snapStretch, snapTime } from './snapping'
import { type TimeView, timeAt } from './time-view'
import { frameOf, lengthOf, movedTo, type Track, windowAt, withEnd, withStart } from './trim-range'

export type Grip = 'in' | 'out' | 'window' | 'head'

interface Drag {
  grip: Grip
  /** Seconds from the pointer to the start of what is held. */
  offset: number
  from: number
  moved: boolean
  range: Selection
  /** Where the playhead was, which the handles are drawn to. */
  head: number
}

/** What is drawn to what. Seconds. */
export interface Magnet {
  /** Scene changes and the edges of the other parts. */
  points: readonly SnapPoint[]
  /** The edges of this part, for the playhead. */
  edges: readonly SnapPoint[]
  /** How far the pull reaches; 0 when snapping is off. */
  reach: number
}

/** Pixels a pointer may tremble before a press becomes a drag. */
const tremble = 3

/** The selection after a grip was dragged to a time; `fixed` seconds keep their length. */
export const draggedRange = (
  { grip, offset, range }: Pick<Drag, 'grip' | 'offset' | 'range'>,
  time: number,
  track: Track,
  fixed: number | null,
): Selection => {
  if (grip === 'window') return movedTo(range, time - offset, track)
  if (fixed !== null) return windowAt(grip === 'in' ? time : time - fixed, fixed, track)
  return grip === 'in' ? withStart(range, time, track) : withEnd(range, time, track)
}

/** Where a grip comes to lie when the pointer is at `time`. */
export const drawnTo = (
  { grip, offset, range, head }: Pick<Drag, 'grip' | 'offset' | 'range' | 'head'>,
  time: number,
  track: Track,
  { points, edges, reach }: Magnet,
): Snapped => {
  if (grip === 'head') return snapTime(time, [...points, ...edges], reach, track)
  const near: readonly SnapPoint[] = [...points, { time: head, kind: 'playhead' }]
  if (grip !== 'window') return snapTime(time, near, reach, track)
  const start = snapStretch(time - offset, lengthOf(range), near, reach, track)
  return { ...start, time: start.time + offset }
}

/** Drags of the handles, the selection and the playhead; the selection is told once, when the drag ends. */
export const useStripDrag = ({
  strip,
  view,
  range,
  track,
  fixed,
  player,
  magnet,
  onRange,
}: {
  strip: RefObject<HTMLElement | null>
  view: TimeView
  range: Selection
  track: Track
  fixed: number | null
  player: Player
  magnet: Magnet
  onRange: (range: Selection) => void
}) => {
  const drag = useRef<Drag | null>(null)
  const [dragged, setDragged] = useState<Selection | null>(null)
  const [drawn, setDrawn] = useState<number | null>(null)
  const snapped = (held: Drag, event: PointerEvent): number => {
    // Alt lets go for as long as it is held.
    const pull = event.altKey ? { ...magnet, reach: 0 } : magnet
    const { time, point } = drawnTo(held, timeOf(event), track, pull)
    setDrawn(point?.time ?? null)
    return time
  }
  const timeOf = (event: PointerEvent) => {
    const box = strip.current?.getBoundingClientRect()
    return box && box.width > 0 ? timeAt((event.clientX - box.left) / box.width, view) : 0
  }
  const onPointerDown = (grip: Grip) => (event: PointerEvent) => {
    if (event.button !== 0) return
    event.stopPropagation()
    event.currentTarget.setPointerCapture(event.pointerId)
    const held: Drag = {
      grip,
      offset: grip === 'window' ? timeOf(event) - range.start : 0,
      from: event.clientX,
      moved: grip !== 'window',
      range,
      head: player.time,
    }
    drag.current = held
    player.pause()
    if (grip === 'head') player.seek(snapped(held, event))
  }
  const onPointerMove = (event: PointerEvent) => {
    const held = drag.current
    if (!held) return
    held.moved ||= Math.abs(event.clientX - held.from) > tremble
    if (!held.moved) return
    const time = snapped(held, event)
    if (held.grip === 'head') {
      player.seek(time)
      return
    }
    const next = draggedRange(held, time, track, fixed)
    setDragged(next)
    player.seek(held.grip === 'out' ? next.end - frameOf(track) : next.start)
  }
  const onPointerUp = (event: PointerEvent) => {
    const held = drag.current
    drag.current = null
    if (held?.grip === 'window' && !held.moved) player.seek(timeOf(event))
    if (dragged) onRange(dragged)
    setDragged(null)
    setDrawn(null)
  }
  const onPointerCancel = () => {
    drag.current = null
    setDragged(null)
    setDrawn(null)
  }
  return {
    /** The selection as it is being dragged; null at rest. */
    dragged,
    /** The time that what is held was drawn to; null when to none. */
    drawn,
    grip: (grip: Grip) => ({
      onPointerDown: onPointerDown(grip),
      onPointerMove,
      onPointerUp,
      onPointerCancel,
    }),
  }
}
