import { type PointerEvent, type RefObject, useRef, useState } from 'react'
import type { Selection } from '../../../../preload/contract'
import { usePlayer } from '../stage/player'
import { type SnapPoint, type Snapped, snapRange, snapTime } from './snapping'
import { type TimeView, timeAt } from './time-view'
import {
  frameDuration,
  lengthOf,
  movedTo,
  type Track,
  windowAt,
  withEnd,
  withStart,
} from './trim-range'
import type { Trim } from './use-trim'

interface Drag {
  grip: 'in' | 'out' | 'window' | 'head'
  /** Distance from the start of the range to the pointer. Seconds. */
  offset: number
  /** The pointer's x at the start of the drag. Pixels. */
  from: number
  moved: boolean
  range: Selection
  /** The playhead at the start of the drag; handles snap to it. Seconds. */
  head: number
}

/** What a drag snaps to. Seconds. */
interface SnapTargets {
  /** Scene changes and the edges of the other parts. */
  points: readonly SnapPoint[]
  /** The edges of the current part. Only the playhead snaps to them. */
  edges: readonly SnapPoint[]
  /** How near a point must be; 0 turns snapping off. */
  reach: number
}

/** How far the pointer moves before a press becomes a drag. Pixels. */
const dragThreshold = 3

/** The range after a grip was dragged to a time. `fixed` is the locked length in seconds, or null. */
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

/** The time of a grip when the pointer is at `time`, snapped. */
export const snapGrip = (
  { grip, offset, range, head }: Pick<Drag, 'grip' | 'offset' | 'range' | 'head'>,
  time: number,
  track: Track,
  { points, edges, reach }: SnapTargets,
): Snapped => {
  if (grip === 'head') return snapTime(time, [...points, ...edges], reach, track)
  const near: readonly SnapPoint[] = [...points, { time: head, kind: 'playhead' }]
  if (grip !== 'window') return snapTime(time, near, reach, track)
  const start = snapRange(time - offset, lengthOf(range), near, reach, track)
  return { ...start, time: start.time + offset }
}

/** Drags of the handles, the selection and the playhead. The range is set once, when a drag ends. */
export const useStripDrag = ({
  strip,
  view,
  track,
  trim: { range, fixed, setRange },
  targets,
}: {
  strip: RefObject<HTMLElement | null>
  view: TimeView
  track: Track
  trim: Trim
  targets: SnapTargets
}) => {
  const player = usePlayer()
  const drag = useRef<Drag | null>(null)
  const [dragged, setDragged] = useState<Selection | null>(null)
  const [snapLine, setSnapLine] = useState<number | null>(null)
  const snapped = (held: Drag, event: PointerEvent): number => {
    // Alt suspends snapping.
    const reach = event.altKey ? 0 : targets.reach
    const { time, point } = snapGrip(held, timeOf(event), track, { ...targets, reach })
    setSnapLine(point?.time ?? null)
    return time
  }
  const release = () => {
    drag.current = null
    setDragged(null)
    setSnapLine(null)
  }
  const timeOf = (event: PointerEvent) => {
    const box = strip.current?.getBoundingClientRect()
    return box && box.width > 0 ? timeAt((event.clientX - box.left) / box.width, view) : 0
  }
  const onPointerDown = (grip: Drag['grip']) => (event: PointerEvent) => {
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
    held.moved ||= Math.abs(event.clientX - held.from) > dragThreshold
    if (!held.moved) return
    const time = snapped(held, event)
    if (held.grip === 'head') {
      player.seek(time)
      return
    }
    const next = draggedRange(held, time, track, fixed)
    setDragged(next)
    player.seek(held.grip === 'out' ? next.end - frameDuration(track) : next.start)
  }
  const onPointerUp = (event: PointerEvent) => {
    const held = drag.current
    if (held?.grip === 'window' && !held.moved) player.seek(timeOf(event))
    if (dragged) setRange(dragged)
    release()
  }
  return {
    /** The range during a drag; null otherwise. */
    dragged,
    /** The time that the grip snapped to; null when it did not. */
    snapLine,
    grip: (grip: Drag['grip']) => ({
      onPointerDown: onPointerDown(grip),
      onPointerMove,
      onPointerUp,
      onPointerCancel: release,
    }),
  }
}
