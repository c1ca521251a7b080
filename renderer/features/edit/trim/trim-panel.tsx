import { useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Draft, Selection } from '../../../../preload/contract'
import { useSize } from '../../../ui/use-size'
import { usePlayer } from '../stage/player'
import { closestView, stillWidth } from './filmstrip'
import { stillHeight, useMaterial } from './material'
import { PartList } from './part-list'
import { pointBeside, type SnapPoint, useSnapping } from './snapping'
import { useView } from './time-view'
import { Transport } from './transport'
import { TrimFigures } from './trim-figures'
import { clipSeconds, frameOf, lengthOf, lengthState, movedTo, type Track } from './trim-range'
import { TrimStrip } from './trim-strip'
import { useStripDrag } from './use-strip-drag'
import { useTrim, useTrimShortcuts } from './use-trim'
import { ZoomBar } from './zoom-bar'

/** Pixels within which a handle is drawn to a marker. */
const pull = 8

const edgesOf = ({ start, end }: Selection): SnapPoint[] => [
  { time: start, kind: 'edge' },
  { time: end, kind: 'edge' },
]

/** Where handles are drawn to: scenes, other parts, and the ends of the part at hand. */
const useMarkers = (scenes: readonly number[], others: readonly Selection[], range: Selection) => {
  const points = useMemo(
    (): SnapPoint[] => [
      ...scenes.map((time) => ({ time, kind: 'scene' as const })),
      ...others.flatMap(edgesOf),
    ],
    [scenes, others],
  )
  return { points, edges: edgesOf(range) }
}

interface Trimmed {
  draft: Draft
  videoTrack: number
  track: Track
  stillsUrl: string | null
  calm: boolean
}

/** Everything that trimming a clip needs: what is looked at, which part is in view, what is held, and the keys. */
const useTrimPanel = ({ draft, videoTrack, track, stillsUrl, calm }: Trimmed) => {
  const player = usePlayer()
  const { clipId } = draft
  const material = useMaterial({ clipId, videoTrack, track, stillsUrl, calm }, player)
  const surface = useRef<HTMLDivElement>(null)
  const { width } = useSize(surface)
  const trim = useTrim(draft, track, player)
  const { range } = trim
  const closest = closestView(width, stillWidth(track, stillHeight), track)
  const view = useView({ surface, duration: track.duration, closest, range, player })
  const seconds = view.view.end - view.view.start
  const snapping = useSnapping()
  const markers = useMarkers(material.scenes, draft.moreSelections, range)
  const reach = snapping && width > 0 ? (pull / width) * seconds : 0
  const { dragged, drawn, grip } = useStripDrag({
    strip: surface,
    view: view.view,
    range,
    track,
    fixed: trim.fixed,
    player,
    magnet: { ...markers, reach },
    onRange: trim.take,
  })
  const shown = dragged ?? range
  const { start, end } = shown
  useEffect(() => player.setRange({ start, end }, track.frameRate), [player, start, end, track])
  useTrimShortcuts({
    clipId,
    player,
    frameRate: track.frameRate,
    trim,
    onMarker: (direction) => {
      const points = [...markers.points, ...markers.edges]
      const time = pointBeside(player.time, points, direction, track)
      if (time === null) return
      player.pause()
      player.seek(time)
    },
    onZoom: view.zoom,
    onZoomPart: view.zoomToPart,
  })
  const state = lengthState(lengthOf(shown))
  return { player, material, surface, width, trim, ...view, dragged, drawn, grip, shown, state }
}

/** Which parts of the clip are taken: strip, handles and figures. */
export const TrimPanel = ({
  draft,
  videoTrack,
  track,
  stillsUrl,
  calm,
}: {
  draft: Draft
  /** Whose pictures are shown, counted from 0. */
  videoTrack: number
  track: Track
  /** A video that single frames can be taken from; null while there is none. */
  stillsUrl: string | null
  /** Whether nothing more urgent is being made for this clip. */
  calm: boolean
}) => {
  const { t } = useTranslation()
  const { clipId } = draft
  const panel = useTrimPanel({ draft, videoTrack, track, stillsUrl, calm })
  const { player, trim, view, zoom, shown, state } = panel
  const { range, parts } = trim
  const { strip, source, wave, scenes } = panel.material
  return (
    <section
      aria-label={t('edit.trim.region')}
      className="flex shrink-0 flex-col border-t border-line bg-panel px-3 pt-2 pb-3"
    >
      <Transport
        canZoomOut={!panel.isWhole}
        clipId={clipId}
        onZoom={zoom}
        player={player}
        track={track}
      />
      <TrimStrip
        drawn={panel.drawn}
        grip={panel.grip}
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
        surface={panel.surface}
        track={track}
        view={view}
        wave={wave}
        width={panel.width}
      />
      <div className="px-3.5">
        <ZoomBar duration={track.duration} onView={panel.setView} view={view} />
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
          whole={draft.selection === null && panel.dragged === null}
        />
      </div>
      <PartList onChoose={trim.choose} onRemove={trim.remove} parts={parts} track={track} />
    </section>
  )
}
