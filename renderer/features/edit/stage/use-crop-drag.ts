import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react'
import type { CropFrame } from '../../../../preload/contract'
import { type CropGrip, draggedFrame, middleFrame, type Picture } from './crop-frame'

const steps: Record<string, readonly [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

/** Pixels of the picture that an arrow moves the frame; with Shift more. */
const stepOf = ({ shiftKey }: KeyboardEvent): number => (shiftKey ? 16 : 2)

/** The frame as it is held, and what pointer and arrows do to it; told once it is let go. */
export const useCropDrag = (
  picture: Picture,
  crop: CropFrame | null,
  onChange: (crop: CropFrame) => void,
) => {
  const held = useRef<{ grip: CropGrip; x: number; y: number; frame: CropFrame } | null>(null)
  const [dragged, setDragged] = useState<CropFrame | null>(null)
  const frame = dragged ?? crop ?? middleFrame(picture)
  /** `scale` is how many pixels of the screen one of the picture takes. */
  const grab = (grip: CropGrip, scale: number) => ({
    onPointerDown: (event: PointerEvent) => {
      if (event.button !== 0) return
      event.stopPropagation()
      event.currentTarget.setPointerCapture(event.pointerId)
      held.current = { grip, x: event.clientX, y: event.clientY, frame }
    },
    onPointerMove: (event: PointerEvent) => {
      const from = held.current
      if (!from || scale === 0) return
      const dx = (event.clientX - from.x) / scale
      const dy = (event.clientY - from.y) / scale
      setDragged(draggedFrame(from.frame, from.grip, dx, dy, picture))
    },
    onPointerUp: () => {
      held.current = null
      if (dragged) onChange(dragged)
      setDragged(null)
    },
    onPointerCancel: () => {
      held.current = null
      setDragged(null)
    },
  })
  const onKeyDown = (event: KeyboardEvent) => {
    const step = steps[event.key]
    if (!step) return
    event.preventDefault()
    event.stopPropagation()
    const by = stepOf(event)
    onChange(draggedFrame(frame, 'move', step[0] * by, step[1] * by, picture))
  }
  return { frame, grab, onKeyDown }
}

/** What takes hold of a grip. */
export type CropHandlers = ReturnType<ReturnType<typeof useCropDrag>['grab']>
