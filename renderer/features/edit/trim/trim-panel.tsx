import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Draft } from '../../../../preload/contract'
import { useFilmstrip, useScenes, useWaveform } from '../../../data/use-media'
import type { Player } from '../stage/player'
import { usePlayer } from '../stage/use-player'
import { useSettledOn } from '../stage/use-settled'
import { useWidth } from '../stage/use-width'
import { stillWidth } from './filmstrip'
import { PartList } from './part-list'
import { useSnapping } from './snap-switch'
import { pointBeside, type SnapPoint } from './snapping'
import { closestView } from './still-plan'
import { StillSource } from './still-source'
import { Transport } from './transport'
import { TrimFigures } from './trim-figures'
import { clipSeconds, frameOf, lengthOf, lengthState, movedTo, type Track } from './trim-range'
import { stillHeight, TrimStrip } from './trim-strip'
import { useStripDrag } from './use-strip-drag'
import { useTrim } from './use-trim'
import { useTrimShortcuts } from './use-trim-shortcuts'
import { useView } from './use-view'
import { ZoomBar } from './zoom-bar'

/** Pixels within which a handle is drawn to a marker. */
const pull = 8

const noScenes: readonly number[] = []

/** What is drawn beside the stills: asked for once somebody stays, the quicker one first. */
const useOutlines = (clipId: string, calm: boolean) => {
  const settled = useSettledOn(clipId)
  const waveform = useWaveform(settled ? clipId : null)
  const scenes = useScenes(calm && settled && !waveform.isPending ? clipId : null)
  return { wave: waveform.data, scenes: scenes.data?.seconds ?? noScenes }
}

const useStills = (url: string | null, track: Track, player: Player) => {
  const [source, setSource] = useState<StillSource | null>(null)
  useEffect(() => {
    if (!url) return
    const height = Math.round(stillHeight * window.devicePixelRatio)
    const made = new StillSource(url, track.frameRate, height, player)
    setSource(made)
    return () => {
      made.close()
      setSource(null)
    }
  }, [url, track, player])
  return source
}

/** Which parts of the clip are taken: strip, handles and figures. */
export const TrimPanel = ({
  draft,
  track,
  stillsUrl,
  calm,
}: {
  draft: Draft
  track: Track
  /** A video that single frames can be taken from; null while there is none. */
  stillsUrl: string | null
  /** Whether nothing more urgent is being made for this clip. */
  calm: boolean
}) => {
  const { t } = useTranslation()
  const player = usePlayer()
  const { clipId } = draft
  const strip = useFilmstrip(clipId).data
  const { wave, scenes } = useOutlines(clipId, calm)
  const source = useStills(stillsUrl, track, player)
  const surface = useRef<HTMLDivElement>(null)
  const width = useWidth(surface)
  const trim = useTrim(draft, track, player)
  const { range, parts } = trim
  const closest = closestView(width, stillWidth(track, stillHeight), track)
  const { view, setView, isWhole, zoom, zoomToPart } = useView({
    surface,
    duration: track.duration,
    closest,
    range,
    player,
  })
  const snapping = useSnapping()
  const points = useMemo(
    (): SnapPoint[] => [
      ...scenes.map((time) => ({ time, kind: 'scene' as const })),
      ...draft.moreSelections.flatMap(({ start, end }) => edgesOf(start, end)),
    ],
    [scenes, draft.moreSelections],
  )
  const edges = edgesOf(range.start, range.end)
  const { dragged, drawn, grip } = useStripDrag({
    strip: surface,
    view,
    range,
    track,
    fixed: trim.fixed,
    player,
    magnet: {
      points,
      edges,
      reach: snapping && width > 0 ? (pull / width) * (view.end - view.start) : 0,
    },
    onRange: trim.take,
  })
  const shown = dragged ?? range
  const { start, end } = shown
  const state = lengthState(lengthOf(shown))
  useEffect(() => player.setRange({ start, end }, track.frameRate), [player, start, end, track])
  useTrimShortcuts({
    clipId,
    player,
    frameRate: track.frameRate,
    trim,
    onMarker: (direction) => {
      const time = pointBeside(player.time, [...points, ...edges], direction, track)
      if (time === null) return
      player.pause()
      player.seek(time)
    },
    onZoom: zoom,
    onZoomPart: zoomToPart,
  })
  return (
    <section
      aria-label={t('edit.trim.region')}
      className="flex shrink-0 flex-col border-t border-line bg-panel px-3 pt-2 pb-3"
    >
      <Transport
        canZoomOut={!isWhole}
        clipId={clipId}
        onZoom={zoom}
        player={player}
        track={track}
      />
      <TrimStrip
        drawn={drawn}
        grip={grip}
        onKeyed={(held, time) => {
          if (held === 'window') trim.take(movedTo(range, time, track))
          else if (held === 'in') trim.onStart(time)
          else trim.onEnd(time)
        }}
        onPart={trim.choose}
        parts={parts.map((part) => (part.current ? { ...part, range: shown } : part))}
        player={player}
        range={shown}
        scenes={scenes}
        state={state}
        stills={{ strip, source }}
        surface={surface}
        track={track}
        view={view}
        wave={wave}
        width={width}
      />
      <div className="px-3.5">
        <ZoomBar duration={track.duration} onView={setView} view={view} />
      </div>
      <div className="px-1 pt-1">
        <TrimFigures
          canAdd={trim.canAdd}
          canFix={track.duration >= clipSeconds.min}
          fixed={trim.fixed}
          onAdd={trim.onAdd}
          onEnd={(time) => {
            trim.onEnd(time)
            player.seek(time - frameOf(track))
          }}
          onFixed={trim.onFixed}
          onIn={() => trim.onStart(player.time)}
          onOut={() => trim.onEnd(player.time)}
          onStart={(time) => {
            trim.onStart(time)
            player.seek(time)
          }}
          onWhole={trim.onWhole}
          range={shown}
          state={state}
          track={track}
          whole={draft.selection === null && dragged === null}
        />
      </div>
      <PartList onChoose={trim.choose} onRemove={trim.remove} parts={parts} track={track} />
    </section>
  )
}

const edgesOf = (start: number, end: number): SnapPoint[] => [
  { time: start, kind: 'edge' },
  { time: end, kind: 'edge' },
]
