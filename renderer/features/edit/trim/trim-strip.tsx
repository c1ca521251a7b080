import { type KeyboardEvent, type RefObject, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Selection, Filmstrip as Strip } from '../../../../preload/contract'
import { formatTimecode } from '../../../format'
import { classNames } from '../../../ui/class-names'
import type { Player } from '../stage/player'
import { Filmstrip } from './filmstrip'
import { positionIn, type TimeView } from './time-view'
import { frameOf, type LengthState, type Track } from './trim-range'
import type { Grip, useStripDrag } from './use-strip-drag'

const height = 56

const percent = (position: number) => `${position * 100}%`

/** Frames with the arrows, seconds with Shift, the ends with Home and End. */
const keyedTime = (event: KeyboardEvent, value: number, track: Track): number | null => {
  const step = event.shiftKey ? 1 : frameOf(track)
  switch (event.key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return value - step
    case 'ArrowRight':
    case 'ArrowUp':
      return value + step
    case 'Home':
      return 0
    case 'End':
      return track.duration
    default:
      return null
  }
}

const Handle = ({
  side,
  label,
  value,
  track,
  view,
  state,
  onKeyed,
  grip,
}: {
  side: 'in' | 'out'
  label: string
  value: number
  track: Track
  view: TimeView
  state: LengthState
  onKeyed: (time: number) => void
  grip: ReturnType<ReturnType<typeof useStripDrag>['grip']>
}) => (
  <div
    aria-label={label}
    aria-valuemax={track.duration}
    aria-valuemin={0}
    aria-valuenow={value}
    aria-valuetext={formatTimecode(value)}
    className={classNames(
      'absolute -inset-y-px z-10 flex w-3.5 cursor-ew-resize touch-none items-center justify-center',
      side === 'in' ? '-translate-x-full rounded-l-md' : 'rounded-r-md',
      state === 'ok' ? 'bg-accent-fill text-on-accent' : 'bg-fail text-window',
    )}
    data-testid={`trim-${side}`}
    onKeyDown={(event) => {
      const time = keyedTime(event, value, track)
      if (time === null) return
      event.preventDefault()
      onKeyed(time)
    }}
    role="slider"
    style={{ left: percent(positionIn(value, view)) }}
    tabIndex={0}
    {...grip}
  >
    <span aria-hidden className="h-5 w-0.5 rounded-full bg-current opacity-80" />
  </div>
)

/** The line of the playhead; it moves without React. */
const Playhead = ({ player, view, width }: { player: Player; view: TimeView; width: number }) => {
  const line = useRef<HTMLDivElement>(null)
  useEffect(
    () =>
      player.onTick((time) => {
        const element = line.current
        if (!element) return
        const position = positionIn(time, view)
        element.style.transform = `translateX(${position * width}px)`
        element.style.visibility = position < 0 || position > 1 ? 'hidden' : 'visible'
      }),
    [player, view, width],
  )
  return (
    <div
      aria-hidden
      className="pointer-events-none absolute -top-4 -bottom-1 left-0 z-20 -ml-px w-0.5 bg-text"
      ref={line}
    >
      <div className="absolute -left-[5px] h-2.5 w-3 rounded-sm bg-text" />
    </div>
  )
}

/** Ruler, stills, the selection with its handles, and the playhead. */
export const TrimStrip = ({
  surface,
  width,
  strip,
  view,
  range,
  state,
  track,
  player,
  grip,
  onKeyed,
}: {
  surface: RefObject<HTMLDivElement | null>
  width: number
  strip: Strip | undefined
  view: TimeView
  range: Selection
  state: LengthState
  track: Track
  player: Player
  grip: ReturnType<typeof useStripDrag>['grip']
  onKeyed: (grip: Exclude<Grip, 'head'>, time: number) => void
}) => {
  const { t } = useTranslation()
  const left = percent(Math.max(0, positionIn(range.start, view)))
  const right = percent(Math.max(0, 1 - positionIn(range.end, view)))
  return (
    <div className="px-3.5 pt-4 pb-1">
      <div className="relative" ref={surface} style={{ height }}>
        <div className="absolute inset-x-0 -top-4 z-0 h-4 touch-none" {...grip('head')} />
        <div
          className="absolute inset-0 touch-none overflow-hidden rounded-sm bg-stage"
          {...grip('head')}
        >
          {strip && width > 0 ? (
            <Filmstrip height={height} strip={strip} view={view} width={width} />
          ) : null}
          <div
            aria-hidden
            className="absolute inset-y-0 left-0 bg-window/75"
            style={{ width: left }}
          />
          <div
            aria-hidden
            className="absolute inset-y-0 right-0 bg-window/75"
            style={{ width: right }}
          />
        </div>
        <div className="absolute inset-0 [clip-path:inset(-2px_-15px)]">
          <div
            aria-label={t('edit.trim.window')}
            aria-valuemax={track.duration}
            aria-valuemin={0}
            aria-valuenow={range.start}
            aria-valuetext={`${formatTimecode(range.start)} – ${formatTimecode(range.end)}`}
            className={classNames(
              'absolute -inset-y-px cursor-grab touch-none border-y-2 active:cursor-grabbing',
              state === 'ok' ? 'border-accent-fill' : 'border-fail',
            )}
            data-testid="trim-window"
            onKeyDown={(event) => {
              const time = keyedTime(event, range.start, track)
              if (time === null) return
              event.preventDefault()
              onKeyed('window', time)
            }}
            role="slider"
            style={{
              left: percent(positionIn(range.start, view)),
              right: percent(1 - positionIn(range.end, view)),
            }}
            tabIndex={0}
            {...grip('window')}
          />
          <Handle
            grip={grip('in')}
            label={t('edit.trim.inHandle')}
            onKeyed={(time) => onKeyed('in', time)}
            side="in"
            state={state}
            track={track}
            value={range.start}
            view={view}
          />
          <Handle
            grip={grip('out')}
            label={t('edit.trim.outHandle')}
            onKeyed={(time) => onKeyed('out', time)}
            side="out"
            state={state}
            track={track}
            value={range.end}
            view={view}
          />
        </div>
        <Playhead player={player} view={view} width={width} />
      </div>
    </div>
  )
}
