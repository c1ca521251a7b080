import type { KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { clamp } from '../../../clamp'
import { classNames } from '../../../ui/class-names'
import { gapsBetween } from './parts'
import { percentIn } from './time-view'
import { formatFrames } from './timecode'
import { frameDuration, type Track } from './trim-range'
import type { TrimPanelState } from './use-trim-panel'

/** Shades outside all parts, and buttons for the parts that are not current. */
export const TrimShades = ({ panel: { trim, shown, view } }: { panel: TrimPanelState }) => {
  const { t } = useTranslation()
  const parts = trim.parts.map((part) => (part.current ? { ...part, range: shown } : part))
  const within = (time: number) => clamp(time, view.start, view.end)
  return (
    <>
      {gapsBetween(parts.map(({ range }) => range)).map(({ start, end }) => (
        <div
          aria-hidden
          className="pointer-events-none absolute inset-y-0 bg-window/75"
          key={start}
          style={{
            left: percentIn(within(start), view),
            right: percentIn(within(end), view, 'right'),
          }}
        />
      ))}
      {parts.map((part, index) =>
        part.current ? null : (
          <button
            aria-label={t('edit.trim.part', { number: index + 1 })}
            className="absolute inset-y-0 border-x border-y-2 border-text/70 bg-window/25 text-left hover:bg-window/10"
            data-testid="part-on-strip"
            key={`${part.range.start}-${part.range.end}`}
            onClick={() => trim.choose(part)}
            onPointerDown={(event) => event.stopPropagation()}
            style={{
              left: percentIn(part.range.start, view),
              right: percentIn(part.range.end, view, 'right'),
            }}
            tabIndex={-1}
            type="button"
          >
            <span className="absolute top-1 left-1 min-w-4 rounded-sm bg-panel px-1 text-center text-[10px] leading-4 font-semibold">
              {index + 1}
            </span>
          </button>
        ),
      )}
    </>
  )
}

const directions: Record<string, number> = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
}

/** The time after a key: arrows move by a frame, with Shift by a second, Home and End go to the ends of the clip. */
const keyedTime = (event: KeyboardEvent, value: number, track: Track): number | null => {
  if (event.key === 'Home') return 0
  if (event.key === 'End') return track.duration
  const direction = directions[event.key]
  return direction ? value + direction * (event.shiftKey ? 1 : frameDuration(track)) : null
}

/** The attributes of a slider for a time that keys can move. */
const sliderProps = (value: number, track: Track, onKeyed: (time: number) => void) => ({
  'aria-valuemax': track.duration,
  'aria-valuemin': 0,
  onKeyDown: (event: KeyboardEvent) => {
    const time = keyedTime(event, value, track)
    if (time === null) return
    event.preventDefault()
    onKeyed(time)
  },
})

/** The current part with its handles. The part and each handle can be dragged or moved by keys. */
export const TrimWindow = ({ panel }: { panel: TrimPanelState }) => {
  const { t } = useTranslation()
  const { shown: range, track, view, trim, grip, lengthStateOf } = panel
  const code = (time: number) => formatFrames(time, track.frameRate)
  const isInView = (time: number) => time >= view.start - 1e-6 && time <= view.end + 1e-6
  const isAllowed = lengthStateOf(range) === 'ok'
  const isOutside = range.end < view.start || range.start > view.end
  return (
    <div className="pointer-events-none absolute inset-0 [clip-path:inset(-2px_-15px)]">
      <div
        aria-label={t('edit.trim.window')}
        aria-valuenow={range.start}
        aria-valuetext={`${code(range.start)} – ${code(range.end)}`}
        className={classNames(
          'pointer-events-auto absolute -inset-y-px cursor-grab touch-none border-y-2 active:cursor-grabbing',
          isAllowed ? 'border-accent-fill' : 'border-fail',
          isOutside && 'hidden',
        )}
        data-testid="trim-window"
        role="slider"
        style={{
          left: percentIn(Math.max(range.start, view.start), view),
          right: percentIn(Math.min(range.end, view.end), view, 'right'),
        }}
        tabIndex={0}
        {...sliderProps(range.start, track, trim.onMove)}
        {...grip('window')}
      />
      {(['in', 'out'] as const).map((side) => {
        const time = side === 'in' ? range.start : range.end
        return isInView(time) ? (
          <div
            aria-label={t(side === 'in' ? 'edit.trim.inHandle' : 'edit.trim.outHandle')}
            aria-valuenow={time}
            aria-valuetext={code(time)}
            className={classNames(
              'pointer-events-auto absolute -inset-y-px z-10 flex w-3.5 cursor-ew-resize touch-none items-center justify-center',
              side === 'in' ? '-translate-x-full rounded-l-md' : 'rounded-r-md',
              isAllowed ? 'bg-accent-fill text-on-accent' : 'bg-fail text-window',
            )}
            data-testid={`trim-${side}`}
            key={side}
            role="slider"
            style={{ left: percentIn(time, view) }}
            tabIndex={0}
            {...sliderProps(time, track, side === 'in' ? trim.onStart : trim.onEnd)}
            {...grip(side)}
          >
            <span aria-hidden className="h-5 w-0.5 rounded-full bg-current opacity-80" />
          </div>
        ) : null
      })}
    </div>
  )
}
