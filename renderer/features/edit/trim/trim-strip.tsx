import { type RefObject, useEffect, useRef } from 'react'
import type { Selection } from '../../../../preload/contract'
import type { Player } from '../stage/player'
import { Filmstrip } from './filmstrip'
import { RulerLane, SceneMarks, WaveLane } from './lanes'
import { type Material, stillHeight } from './material'
import type { Part } from './parts'
import { percentIn, positionIn, type TimeView } from './time-view'
import type { Track } from './trim-range'
import { TrimShades, TrimWindow } from './trim-window'
import type { Grip, GripHandlers } from './use-strip-drag'

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
