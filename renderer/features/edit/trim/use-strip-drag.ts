import { type PointerEvent, type RefObject, useRef, useState } from 'react'
import type { Selection } from '../../../../preload/contract'
import type { Player } from '../stage/player'
import { type TimeView, timeAt } from './time-view'
import { frameOf, movedTo, type Track, windowAt, withEnd, withStart } from './trim-range'

export type Grip = 'in' | 'out' | 'window' | 'head'

interface Drag {
  grip: Grip
  /** Seconds from the pointer to the start of what is held. */
  offset: number
  from: number
  moved: boolean
  range: Selection
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

/** Drags of the handles, the selection and the playhead; the selection is told once, when the drag ends. */
export const useStripDrag = ({
  strip,
  view,
  range,
  track,
  fixed,
  player,
  onRange,
}: {
  strip: RefObject<HTMLElement | null>
  view: TimeView
  range: Selection
  track: Track
  fixed: number | null
  player: Player
  onRange: (range: Selection) => void
}) => {
  const drag = useRef<Drag | null>(null)
  const [dragged, setDragged] = useState<Selection | null>(null)
  const timeOf = (event: PointerEvent) => {
    const box = strip.current?.getBoundingClientRect()
    return box && box.width > 0 ? timeAt((event.clientX - box.left) / box.width, view) : 0
  }
  const onPointerDown = (grip: Grip) => (event: PointerEvent) => {
    if (event.button !== 0) return
    event.stopPropagation()
    event.currentTarget.setPointerCapture(event.pointerId)
    const time = timeOf(event)
    drag.current = {
      grip,
      offset: grip === 'window' ? time - range.start : 0,
      from: event.clientX,
      moved: grip !== 'window',
      range,
    }
    player.pause()
    if (grip === 'head') player.seek(time)
  }
  const onPointerMove = (event: PointerEvent) => {
    const held = drag.current
    if (!held) return
    held.moved ||= Math.abs(event.clientX - held.from) > tremble
    if (!held.moved) return
    const time = timeOf(event)
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
  }
  const onPointerCancel = () => {
    drag.current = null
    setDragged(null)
  }
  return {
    /** The selection as it is being dragged; null at rest. */
    dragged,
    grip: (grip: Grip) => ({
      onPointerDown: onPointerDown(grip),
      onPointerMove,
      onPointerUp,
      onPointerCancel,
    }),
  }
}
