import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Waveform } from '../../../../preload/contract'
import { classNames } from '../../../ui/class-names'
import { usePlayer } from '../stage/player'
import { type LaneProps, positionIn, type TimeView } from './time-view'
import { formatFrames } from './timecode'
import { lengthOf, type Track } from './trim-range'

/** Round steps between labels. Seconds. */
const roundSeconds = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600]
/** Round steps between labels below a second. Frames. */
const roundFrames = [1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30]

/** Seconds and frames ("05:12") when labels are less than a second apart, else minutes and seconds ("01:05"). */
const labelOf = (time: number, frameRate: number, showsFrames: boolean): string => {
  const code = formatFrames(time, frameRate)
  if (showsFrames) return code.slice(6)
  return code.startsWith('00') ? code.slice(3, 8) : code.slice(0, 8)
}

/** The marks of the ruler. Labels are at least `spacing` pixels apart, with up to four marks without one in between. */
export const ticksOf = (
  view: TimeView,
  width: number,
  { duration, frameRate }: Track,
  spacing: number,
): { time: number; label: string | null }[] => {
  const seconds = lengthOf(view)
  if (width <= 0 || seconds <= 0) return []
  const count = Math.max(1, Math.round(frameRate))
  const pixels = width / seconds / frameRate // of one frame
  const steps = [
    ...roundFrames.filter((frames) => frames < count && count % frames === 0),
    ...roundSeconds.map((one) => one * count),
  ]
  const step = steps.find((frames) => frames * pixels >= spacing) ?? 3600 * count
  const parts = [5, 4, 3, 2].find((one) => step % one === 0 && (step / one) * pixels >= 5) ?? 1
  const part = step / parts
  const last = Math.min(view.end, duration) * frameRate
  const first = Math.ceil((view.start * frameRate) / part - 1e-6)
  const length = Math.max(0, Math.floor(last / part + 1e-6) - first + 1)
  return Array.from({ length }, (_, index) => {
    const place = first + index
    const time = (place * part) / frameRate
    return { time, label: place % parts === 0 ? labelOf(time, frameRate, step < count) : null }
  })
}

/** Least distance between two labels. Pixels. */
const labelSpacing = 64

/** The ruler above the strip. */
export const RulerLane = ({ view, width, track }: LaneProps) => {
  const ticks = useMemo(() => ticksOf(view, width, track, labelSpacing), [view, width, track])
  return (
    <div aria-hidden className="pointer-events-none absolute inset-0 overflow-hidden">
      {ticks.map(({ time, label }) => {
        const left = positionIn(time, view) * width
        return (
          <div className="absolute bottom-0" key={time} style={{ left }}>
            <div className={classNames('w-px bg-edge', label ? 'h-2' : 'h-1 opacity-60')} />
            {label && left < width - 30 ? (
              // The knob of the playhead must not cover the label.
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

/** Marks at scene changes. A click seeks there. */
export const SceneMarks = ({ scenes, view, track }: LaneProps & { scenes: readonly number[] }) => {
  const { t } = useTranslation()
  const player = usePlayer()
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
          onClick={() => {
            player.pause()
            player.seek(time)
          }}
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

/** Exponent below 1: quiet sound is drawn larger, so speech stays visible beside music. */
const curve = 0.65

/** The loudness of each column of the view, 0 to 1. */
export const columnsOf = (
  { peaks, perSecond }: Waveform,
  view: TimeView,
  columns: number,
): number[] => {
  const step = lengthOf(view) / Math.max(1, columns)
  return Array.from({ length: columns }, (_, index) => {
    const from = (view.start + index * step) * perSecond
    const first = Math.max(0, Math.floor(from))
    const last = Math.max(first + 1, Math.ceil(from + step * perSecond))
    return peaks.slice(first, last).reduce((loudest, peak) => Math.max(loudest, peak), 0)
  })
}

/** The waveform as a closed SVG path around its middle line. Pixels. */
export const wavePath = (columns: readonly number[], width: number, height: number): string => {
  if (columns.length === 0) return ''
  const middle = height / 2
  const across = width / columns.length
  const half = (loudness: number) => Math.max(0.5, Math.min(1, loudness) ** curve * (middle - 1))
  const point = (index: number, y: number) => `${(index * across).toFixed(1)} ${y.toFixed(1)}`
  const upper = columns.map((one, index) => point(index + 0.5, middle - half(one)))
  const lower = columns.map((one, index) => point(index + 0.5, middle + half(one)))
  return `M0 ${middle}L${upper.join('L')}L${width} ${middle}L${lower.toReversed().join('L')}Z`
}

/** Height of the waveform. Pixels. */
export const waveHeight = 28

/** The waveform under the stills. */
export const WaveLane = ({ wave, view, width }: Omit<LaneProps, 'track'> & { wave: Waveform }) => {
  const path = useMemo(
    () => wavePath(columnsOf(wave, view, Math.round(width)), width, waveHeight),
    [wave, view, width],
  )
  return (
    <svg
      aria-hidden
      className="absolute inset-x-0 bottom-0 block text-muted"
      data-testid="waveform"
      height={waveHeight}
      width={width}
    >
      <path d={path} fill="currentColor" />
    </svg>
  )
}
