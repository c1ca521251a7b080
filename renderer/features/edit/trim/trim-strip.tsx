import { type PointerEvent, type RefObject, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Selection } from '../../../../preload/contract'
import { useFormat } from '../../../language/use-format'
import type { Player } from '../stage/player'
import { Filmstrip } from './filmstrip'
import { RulerLane, SceneMarks, WaveLane } from './lanes'
import { type Material, stillHeight } from './material'
import type { Part } from './parts'
import { panned, percentIn, positionIn, showsAll, type TimeView } from './time-view'
import { lengthOf, type Track } from './trim-range'
import { TrimShades, TrimWindow } from './trim-window'
import type { Grip, GripHandlers } from './use-strip-drag'

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

/** The line of the playhead. It moves without rendering. */
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
      className="pointer-events-none absolute -top-3.5 -bottom-1 left-0 z-20 -ml-px w-0.5 bg-text"
      ref={line}
    >
      <div className="absolute -left-[5px] h-2.5 w-3 rounded-sm bg-text" />
    </div>
  )
}

const waveHeight = 28

/** Ruler, stills, waveform, the parts with their handles, and the playhead. */
export const TrimStrip = ({
  surface,
  width,
  material: { strip, source, wave, scenes },
  view,
  parts,
  range,
  track,
  player,
  snapLine,
  grip,
  onKeyed,
  onPart,
}: {
  surface: RefObject<HTMLDivElement | null>
  width: number
  material: Material
  view: TimeView
  /** All parts as shown during a drag, ordered by time. */
  parts: readonly Part[]
  /** The current part. */
  range: Selection
  track: Track
  player: Player
  /** The time that the dragged grip snapped to. */
  snapLine: number | null
  grip: GripHandlers
  onKeyed: (grip: Exclude<Grip, 'head'>, time: number) => void
  onPart: (part: Part) => void
}) => {
  const lane = wave && wave.peaks.length > 0 ? waveHeight : 0
  const ready = width > 0
  return (
    <div className="px-3.5 pt-5">
      <div className="relative" ref={surface} style={{ height: stillHeight + lane }}>
        <div className="absolute inset-x-0 -top-5 h-5 touch-none" {...grip('head')}>
          {ready ? <RulerLane track={track} view={view} width={width} /> : null}
          <SceneMarks
            onSeek={(time) => {
              player.pause()
              player.seek(time)
            }}
            scenes={scenes}
            track={track}
            view={view}
          />
        </div>
        <div
          className="absolute inset-0 touch-none overflow-hidden rounded-sm bg-stage"
          {...grip('head')}
        >
          {ready ? (
            <Filmstrip
              height={stillHeight}
              source={source}
              strip={strip}
              track={track}
              view={view}
              width={width}
            />
          ) : null}
          {ready && wave && lane > 0 ? (
            <WaveLane height={lane} view={view} wave={wave} width={width} />
          ) : null}
          <TrimShades onPart={onPart} parts={parts} view={view} />
        </div>
        <TrimWindow grip={grip} onKeyed={onKeyed} range={range} track={track} view={view} />
        {snapLine !== null ? (
          <div
            aria-hidden
            className="pointer-events-none absolute -top-5 -bottom-1 z-10 w-px bg-accent"
            data-testid="snap-line"
            style={{ left: percentIn(snapLine, view) }}
          />
        ) : null}
        <Playhead player={player} view={view} width={width} />
      </div>
    </div>
  )
}
