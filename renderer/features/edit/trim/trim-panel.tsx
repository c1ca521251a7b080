import { useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Draft, Selection } from '../../../../preload/contract'
import { useSize } from '../../../ui/use-size'
import { usePlayer } from '../stage/player'
import { closestView, stillWidth } from './filmstrip'
import { type MaterialSource, stillHeight, useMaterial } from './material'
import { PartList } from './part-list'
import { pointBeside, type SnapPoint, useSnapping } from './snapping'
import { useView } from './time-view'
import { Transport } from './transport'
import { TrimFigures } from './trim-figures'
import { lengthOf, movedTo } from './trim-range'
import { TrimStrip, ZoomBar } from './trim-strip'
import { useStripDrag } from './use-strip-drag'
import { useTrim, useTrimShortcuts } from './use-trim'

/** How near a marker must be to snap to it. Pixels. */
const snapReach = 8

const edgesOf = ({ start, end }: Selection): SnapPoint[] => [
  { time: start, kind: 'edge' },
  { time: end, kind: 'edge' },
]

/** What handles and playhead snap to: scenes, other parts, and the edges of the current part. */
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

interface TrimPanelProps extends MaterialSource {
  draft: Draft
}

/** The state of the panel: material, view, parts, drag and shortcuts. */
const useTrimPanel = ({ draft, ...source }: TrimPanelProps) => {
  const player = usePlayer()
  const { track } = source
  const { clipId } = draft
  const material = useMaterial({ clipId, ...source }, player)
  const surface = useRef<HTMLDivElement>(null)
  const { width } = useSize(surface)
  const trim = useTrim(draft, track, player)
  const { range } = trim
  const closest = closestView(width, stillWidth(track, stillHeight), track)
  const view = useView({ surface, duration: track.duration, closest, range, player })
  const snapping = useSnapping()
  const markers = useMarkers(material.scenes, draft.moreSelections, range)
  const reach = snapping && width > 0 ? (snapReach / width) * lengthOf(view.view) : 0
  const { dragged, snapLine, grip } = useStripDrag({
    strip: surface,
    view: view.view,
    range,
    track,
    fixed: trim.fixed,
    player,
    snapTargets: { ...markers, reach },
    onRange: trim.setRange,
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
  return { player, material, surface, width, trim, ...view, dragged, snapLine, grip, shown }
}

/** Selects the parts of the clip to send: transport, strip with handles, and figures. */
export const TrimPanel = (props: TrimPanelProps) => {
  const { t } = useTranslation()
  const { draft, track } = props
  const { clipId } = draft
  const panel = useTrimPanel(props)
  const { player, trim, view, zoom, shown } = panel
  const { range, parts } = trim
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
        grip={panel.grip}
        material={panel.material}
        onKeyed={(held, time) => {
          if (held === 'window') trim.setRange(movedTo(range, time, track))
          else if (held === 'in') trim.onStart(time)
          else trim.onEnd(time)
        }}
        onPart={trim.choose}
        parts={parts.map((part) => (part.current ? { ...part, range: shown } : part))}
        player={player}
        range={shown}
        snapLine={panel.snapLine}
        surface={panel.surface}
        track={track}
        view={view}
        width={panel.width}
      />
      <div className="px-3.5">
        <ZoomBar duration={track.duration} onView={panel.setView} view={view} />
      </div>
      <div className="px-1 pt-1">
        <TrimFigures
          player={player}
          range={shown}
          track={track}
          trim={trim}
          whole={draft.selection === null && panel.dragged === null}
        />
      </div>
      <PartList onChoose={trim.choose} onRemove={trim.remove} parts={parts} track={track} />
    </section>
  )
}
