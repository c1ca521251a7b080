import { type PointerEvent, useCallback, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../language/use-format'
import type { Player } from '../stage/player'
import { Filmstrip } from './filmstrip'
import { RulerLane, SceneMarks, WaveLane, waveHeight } from './lanes'
import { stillHeight } from './material'
import { panned, percentIn, positionIn, type TimeView } from './time-view'
import { lengthOf } from './trim-range'
import { TrimShades, TrimWindow } from './trim-window'
import type { TrimPanelState } from './use-trim-panel'

/** Scroll bar of the strip. Empty while the whole clip is in view. */
export const ZoomBar = ({ panel }: { panel: TrimPanelState }) => {
  const { t } = useTranslation()
  const format = useFormat()
  const { view, setView, isWhole } = panel
  const { duration } = panel.track
  const bar = useRef<HTMLDivElement>(null)
  const held = useRef<{ x: number; view: TimeView } | null>(null)
  const length = lengthOf(view)
  const release = () => {
    held.current = null
  }
  const onPointerMove = (event: PointerEvent) => {
    const width = bar.current?.clientWidth ?? 0
    if (!held.current || width === 0) return
    const by = ((event.clientX - held.current.x) / width) * duration
    setView(panned(held.current.view, by, duration))
  }
  return (
    <div className="mx-3.5 mt-1 h-2" ref={bar}>
      {isWhole ? null : (
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
            onPointerCancel={release}
            onPointerDown={(event) => {
              event.currentTarget.setPointerCapture(event.pointerId)
              held.current = { x: event.clientX, view }
            }}
            onPointerMove={onPointerMove}
            onPointerUp={release}
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
  const place = useCallback(
    ({ style }: HTMLDivElement) =>
      player.onTick((time) => {
        const position = positionIn(time, view)
        style.transform = `translateX(${position * width}px)`
        style.visibility = position < 0 || position > 1 ? 'hidden' : 'visible'
      }),
    [player, view, width],
  )
  return (
    <div
      aria-hidden
      className="pointer-events-none absolute -top-3.5 -bottom-1 left-0 z-20 -ml-px w-0.5 bg-text"
      ref={place}
    >
      <div className="absolute -left-[5px] h-2.5 w-3 rounded-sm bg-text" />
    </div>
  )
}

/** Ruler, stills, waveform, the parts with their handles, and the playhead. */
export const TrimStrip = ({ panel }: { panel: TrimPanelState }) => {
  const { surface, width, track, view, snapLine, grip } = panel
  const { strip, source, wave, scenes } = panel.material
  const lane = { track, view, width }
  const hasWave = wave !== undefined && wave.peaks.length > 0
  return (
    <div className="px-3.5 pt-5">
      <div
        className="relative"
        ref={surface}
        style={{ height: stillHeight + (hasWave ? waveHeight : 0) }}
      >
        <div className="absolute inset-x-0 -top-5 h-5 touch-none" {...grip('head')}>
          {width > 0 ? <RulerLane {...lane} /> : null}
          <SceneMarks scenes={scenes} {...lane} />
        </div>
        <div
          className="absolute inset-0 touch-none overflow-hidden rounded-sm bg-stage"
          {...grip('head')}
        >
          {width > 0 ? <Filmstrip source={source} strip={strip} {...lane} /> : null}
          {width > 0 && hasWave ? <WaveLane view={view} wave={wave} width={width} /> : null}
          <TrimShades panel={panel} />
        </div>
        <TrimWindow panel={panel} />
        {snapLine !== null ? (
          <div
            aria-hidden
            className="pointer-events-none absolute -top-5 -bottom-1 z-10 w-px bg-accent"
            data-testid="snap-line"
            style={{ left: percentIn(snapLine, view) }}
          />
        ) : null}
        <Playhead player={panel.player} view={view} width={width} />
      </div>
    </div>
  )
}
