import { type PointerEvent, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../language/use-format'
import { panned, showsAll, type TimeView } from './time-view'
import { lengthOf } from './trim-range'

/** Scroll bar of the strip. Empty while the whole clip is in view. */
export const ZoomBar = ({
  view,
  duration,
  onView,
}: {
  view: TimeView
  duration: number
  onView: (view: TimeView) => void
}) => {
  const { t } = useTranslation()
  const format = useFormat()
  const bar = useRef<HTMLDivElement>(null)
  const held = useRef<{ x: number; view: TimeView } | null>(null)
  const length = lengthOf(view)
  const onPointerMove = (event: PointerEvent) => {
    const width = bar.current?.clientWidth ?? 0
    if (!held.current || width === 0) return
    const by = ((event.clientX - held.current.x) / width) * duration
    onView(panned(held.current.view, by, duration))
  }
  return (
    <div className="mt-1 h-2" ref={bar}>
      {showsAll(view, duration) ? null : (
        <div className="relative h-full rounded-full bg-hover">
          <div
            aria-label={t('edit.trim.view')}
            aria-orientation="horizontal"
            aria-valuemax={Math.max(0, duration - length)}
            aria-valuemin={0}
            aria-valuenow={view.start}
            aria-valuetext={`${format.seconds(view.start)} – ${format.seconds(view.end)}`}
            className="absolute inset-y-0 min-w-4 cursor-grab touch-none rounded-full bg-edge/60 hover:bg-edge active:cursor-grabbing"
            data-testid="zoom-bar"
            onPointerCancel={() => {
              held.current = null
            }}
            onPointerDown={(event) => {
              event.currentTarget.setPointerCapture(event.pointerId)
              held.current = { x: event.clientX, view }
            }}
            onPointerMove={onPointerMove}
            onPointerUp={() => {
              held.current = null
            }}
            role="slider"
            style={{
              left: `${(view.start / duration) * 100}%`,
              width: `${(length / duration) * 100}%`,
            }}
            tabIndex={-1}
          />
        </div>
      )}
    </div>
  )
}
