import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { classNames } from '../../../ui/class-names'
import { ticksOf } from './ruler'
import { positionIn, type TimeView } from './time-view'
import { formatFrames } from './timecode'
import type { Track } from './trim-range'

/** Pixels between two labels. */
const apart = 64

/** Times along the strip. */
export const RulerLane = ({
  view,
  width,
  track,
}: {
  view: TimeView
  width: number
  track: Track
}) => {
  const ticks = useMemo(() => ticksOf(view, width, track, apart), [view, width, track])
  return (
    <div aria-hidden className="pointer-events-none absolute inset-0 overflow-hidden">
      {ticks.map(({ time, label }) => {
        const left = positionIn(time, view) * width
        return (
          <div className="absolute bottom-0" key={time} style={{ left }}>
            <div className={classNames('w-px bg-edge', label ? 'h-2' : 'h-1 opacity-60')} />
            {label && left < width - 30 ? (
              // Beside the knob of a playhead that stands on it.
              <span className="absolute bottom-0.5 left-2 text-[10px] leading-3 text-muted">
                {label}
              </span>
            ) : null}
          </div>
        )
      })}
    </div>
  )
}

/** Where scenes change: a press goes there. */
export const SceneMarks = ({
  scenes,
  view,
  track,
  onSeek,
}: {
  scenes: readonly number[]
  view: TimeView
  track: Track
  onSeek: (time: number) => void
}) => {
  const { t } = useTranslation()
  return scenes
    .filter((time) => time > 0 && time >= view.start && time <= view.end)
    .map((time) => {
      const label = t('edit.trim.scene', { time: formatFrames(time, track.frameRate) })
      return (
        <button
          aria-label={label}
          className="group absolute -bottom-[5px] z-10 flex h-3 w-3 -translate-x-1/2 items-center justify-center"
          data-testid="scene-mark"
          key={time}
          onClick={() => onSeek(time)}
          onPointerDown={(event) => event.stopPropagation()}
          style={{ left: `${positionIn(time, view) * 100}%` }}
          tabIndex={-1}
          title={label}
          type="button"
        >
          <span className="size-[7px] rotate-45 rounded-[1px] border border-window bg-text group-hover:bg-accent" />
        </button>
      )
    })
}
