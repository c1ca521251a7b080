import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Selection } from '../../../../preload/contract'
import { useChangeDraft } from '../../../data/use-drafts'
import { useFilmstrip } from '../../../data/use-media'
import { usePlayer } from '../stage/use-player'
import { useWidth } from '../stage/use-width'
import { panned, type TimeView, zoomed } from './time-view'
import { Transport } from './transport'
import { TrimFigures } from './trim-figures'
import {
  asSelection,
  clipSeconds,
  lengthOf,
  lengthState,
  movedTo,
  rangeOf,
  type Track,
  windowAt,
  withEnd,
  withStart,
} from './trim-range'
import { TrimStrip } from './trim-strip'
import { useStripDrag } from './use-strip-drag'
import { useTrimShortcuts } from './use-trim-shortcuts'

/** Turning the wheel over the strip: with Ctrl closer or further, else sideways. */
const useWheel = (
  surface: React.RefObject<HTMLElement | null>,
  onZoom: (factor: number) => void,
  onPan: (pixels: number) => void,
) => {
  const latest = useRef({ onZoom, onPan })
  useEffect(() => {
    latest.current = { onZoom, onPan }
  })
  useEffect(() => {
    const element = surface.current
    if (!element) return
    const onWheel = (event: WheelEvent) => {
      event.preventDefault()
      if (event.ctrlKey || event.metaKey) latest.current.onZoom(Math.exp(event.deltaY / 300))
      else latest.current.onPan(event.deltaX + event.deltaY)
    }
    // React listens passively, which could not keep the page from zooming.
    element.addEventListener('wheel', onWheel, { passive: false })
    return () => element.removeEventListener('wheel', onWheel)
  }, [surface])
}

/** Which part of the clip is taken: strip, handles and figures. */
export const TrimPanel = ({
  clipId,
  selection,
  track,
}: {
  clipId: string
  selection: Selection | null
  track: Track
}) => {
  const { t } = useTranslation()
  const player = usePlayer()
  const change = useChangeDraft(clipId)
  const strip = useFilmstrip(clipId).data
  const surface = useRef<HTMLDivElement>(null)
  const width = useWidth(surface)
  const [view, setView] = useState<TimeView>({ start: 0, end: track.duration })
  const [fixed, setFixed] = useState<number | null>(null)
  const range = rangeOf(selection, track)
  const take = (next: Selection) => change({ selection: asSelection(next, track) })
  const { dragged, grip } = useStripDrag({
    strip: surface,
    view,
    range,
    track,
    fixed,
    player,
    onRange: take,
  })
  const shown = dragged ?? range
  const { start, end } = shown
  const state = lengthState(lengthOf(shown))
  useEffect(() => player.setRange({ start, end }, track.frameRate), [player, start, end, track])
  const onStart = (time: number) =>
    take(fixed === null ? withStart(range, time, track) : windowAt(time, fixed, track))
  const onEnd = (time: number) =>
    take(fixed === null ? withEnd(range, time, track) : windowAt(time - fixed, fixed, track))
  const onFixed = (seconds: number | null) => {
    setFixed(seconds)
    if (seconds !== null) take(windowAt(selection ? range.start : player.time, seconds, track))
  }
  const onZoom = (factor: number) =>
    setView((before) => zoomed(before, factor, player.time, track.duration))
  useTrimShortcuts(player, track.frameRate, onStart, onEnd)
  useWheel(surface, onZoom, (pixels) =>
    setView((before) =>
      panned(before, (pixels / Math.max(1, width)) * (before.end - before.start), track.duration),
    ),
  )
  return (
    <section
      aria-label={t('edit.trim.region')}
      className="flex shrink-0 flex-col border-t border-line bg-panel px-3 pt-2 pb-3"
    >
      <Transport
        canZoomOut={view.end - view.start < track.duration - 0.001}
        duration={track.duration}
        onIn={() => onStart(player.time)}
        onOut={() => onEnd(player.time)}
        onZoom={onZoom}
        player={player}
      />
      <TrimStrip
        grip={grip}
        onKeyed={(held, time) => {
          if (held === 'window') take(movedTo(range, time, track))
          else if (held === 'in') onStart(time)
          else onEnd(time)
        }}
        player={player}
        range={shown}
        state={state}
        strip={strip}
        surface={surface}
        track={track}
        view={view}
        width={width}
      />
      <div className="px-1 pt-2">
        <TrimFigures
          canFix={track.duration >= clipSeconds.min}
          fixed={fixed}
          onEnd={onEnd}
          onFixed={onFixed}
          onStart={onStart}
          onWhole={() => {
            setFixed(null)
            change({ selection: null })
          }}
          range={shown}
          state={state}
          whole={selection === null && dragged === null}
        />
      </div>
    </section>
  )
}
