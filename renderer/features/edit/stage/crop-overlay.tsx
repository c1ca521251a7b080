import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CropFrame } from '../../../../preload/contract'
import { useFormat } from '../../../language/use-format'
import { classNames } from '../../../ui/class-names'
import { useSize } from '../../../ui/use-size'
import { type CropGrip, draggedFrame, middleFrame, type Picture, pixelsOf } from './crop-frame'

const steps: Record<string, readonly [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

/** The frame during a drag, and its pointer and key handlers. `onChange` is called when a drag ends. */
const useCropDrag = (
  picture: Picture,
  crop: CropFrame | null,
  /** Screen pixels per pixel of the picture. */
  scale: number,
  onChange: (crop: CropFrame) => void,
) => {
  const held = useRef<{ grip: CropGrip; x: number; y: number; frame: CropFrame } | null>(null)
  const [dragged, setDragged] = useState<CropFrame | null>(null)
  const frame = dragged ?? crop ?? middleFrame(picture)
  const release = () => {
    held.current = null
    setDragged(null)
  }
  const grab = (grip: CropGrip) => ({
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
      if (dragged) onChange(dragged)
      release()
    },
    onPointerCancel: release,
  })
  const onKeyDown = (event: KeyboardEvent) => {
    const step = steps[event.key]
    if (!step) return
    event.preventDefault()
    event.stopPropagation()
    /** Pixels of the picture. */
    const by = event.shiftKey ? 16 : 2
    onChange(draggedFrame(frame, 'move', step[0] * by, step[1] * by, picture))
  }
  return { frame, grab, onKeyDown }
}

/** Space between the edge of the stage and the picture. Pixels. */
const inset = 12

const grips: readonly { grip: Exclude<CropGrip, 'move'>; position: string }[] = [
  { grip: 'n', position: 'top-0 left-1/2 cursor-ns-resize' },
  { grip: 's', position: 'top-full left-1/2 cursor-ns-resize' },
  { grip: 'w', position: 'top-1/2 left-0 cursor-ew-resize' },
  { grip: 'e', position: 'top-1/2 left-full cursor-ew-resize' },
  { grip: 'nw', position: 'top-0 left-0 cursor-nwse-resize' },
  { grip: 'ne', position: 'top-0 left-full cursor-nesw-resize' },
  { grip: 'sw', position: 'top-full left-0 cursor-nesw-resize' },
  { grip: 'se', position: 'top-full left-full cursor-nwse-resize' },
]

/** The place of the picture in the stage, scaled to fit. Pixels. */
const placeOf = (stage: Picture, picture: Picture) => {
  const room = { width: stage.width - 2 * inset, height: stage.height - 2 * inset }
  const scale = Math.max(0, Math.min(room.width / picture.width, room.height / picture.height))
  const width = picture.width * scale
  const height = picture.height * scale
  return { width, height, left: (stage.width - width) / 2, top: (stage.height - height) / 2, scale }
}

/** The crop frame over the clip, to drag and resize. */
export const CropOverlay = ({
  picture,
  crop,
  onChange,
}: {
  picture: Picture
  /** null crops to the middle. */
  crop: CropFrame | null
  onChange: (crop: CropFrame) => void
}) => {
  const { t } = useTranslation()
  const format = useFormat()
  const stage = useRef<HTMLDivElement>(null)
  const size = useSize(stage)
  const { scale, ...place } = placeOf(size, picture)
  const { frame, grab, onKeyDown } = useCropDrag(picture, crop, scale, onChange)
  const box = {
    left: place.left + frame.x * place.width,
    top: place.top + frame.y * place.height,
    width: frame.width * place.width,
    height: frame.height * place.height,
  }
  const { width, height } = pixelsOf(frame, picture)
  const pixels = format.pixels(width, height)
  return (
    <div className="pointer-events-none absolute inset-0 overflow-hidden" ref={stage}>
      {/* The shadow darkens what the crop removes. */}
      <div className="absolute overflow-hidden" style={place}>
        <div
          className="absolute shadow-[0_0_0_9999px_rgb(0_0_0/0.6)]"
          style={{ ...box, left: box.left - place.left, top: box.top - place.top }}
        />
      </div>
      <div
        aria-label={t('edit.crop.frame')}
        aria-roledescription={t('edit.crop.frame')}
        aria-valuetext={pixels}
        className="group pointer-events-auto absolute cursor-move touch-none border-2 border-accent-fill"
        data-testid="crop-frame"
        onKeyDown={onKeyDown}
        role="slider"
        aria-valuenow={Math.round(frame.x * 100)}
        style={box}
        tabIndex={0}
        {...grab('move')}
      >
        {[1, 2].map((third) => (
          <span
            aria-hidden
            className="pointer-events-none absolute inset-y-0 w-px bg-white/30"
            key={third}
            style={{ left: `${(third * 100) / 3}%` }}
          />
        ))}
        {grips.map(({ grip, position }) => (
          <span
            aria-hidden
            className={classNames(
              'absolute flex size-5 -translate-x-1/2 -translate-y-1/2 touch-none items-center justify-center',
              position,
            )}
            data-grip={grip}
            key={grip}
            {...grab(grip)}
          >
            <span className="size-2.5 rounded-[3px] border border-window bg-accent-fill" />
          </span>
        ))}
        <output className="pointer-events-none absolute bottom-full left-0 mb-2 rounded-md bg-raised px-1.5 py-0.5 text-sm whitespace-nowrap shadow-float">
          {pixels}
        </output>
      </div>
    </div>
  )
}
