import { useEffect, useMemo, useRef } from 'react'
import type { Draft, Selection } from '../../../../preload/contract'
import { useSize } from '../../../ui/use-size'
import { usePlayer } from '../stage/use-player'
import { stillWidth } from './filmstrip'
import { useSnapping } from './snap-switch'
import { pointBeside, type SnapPoint } from './snapping'
import { closestView } from './still-plan'
import { lengthOf, lengthState, type Track } from './trim-range'
import { stillHeight } from './trim-strip'
import { useMaterial } from './use-material'
import { useStripDrag } from './use-strip-drag'
import { useTrim } from './use-trim'
import { useTrimShortcuts } from './use-trim-shortcuts'
import { useView } from './use-view'

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
export const useTrimPanel = ({ draft, videoTrack, track, stillsUrl, calm }: Trimmed) => {
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
