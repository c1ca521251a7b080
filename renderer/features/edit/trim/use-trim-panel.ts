import { useEffect, useMemo, useRef } from 'react'
import type { Draft, Selection } from '../../../../preload/contract'
import { useDraftHistory } from '../../../data/use-drafts'
import { useShortcut } from '../../../keyboard/use-shortcut'
import { useSize } from '../../../ui/use-size'
import { usePlayer } from '../stage/player'
import { closestView, stillWidth } from './filmstrip'
import { type MaterialSource, useMaterial } from './material'
import { pointBeside, type SnapPoint, toggleSnapping, useSnapping } from './snapping'
import { useView } from './time-view'
import { lengthOf, lengthState } from './trim-range'
import { useStripDrag } from './use-strip-drag'
import { useTrim } from './use-trim'

/** How near a marker must be to snap to it. Pixels. */
const snapReach = 8

const edgesOf = ({ start, end }: Selection): SnapPoint[] => [
  { time: start, kind: 'edge' },
  { time: end, kind: 'edge' },
]

export interface TrimPanelProps extends MaterialSource {
  draft: Draft
}

/** The state of the panel: material, view, parts and drag. */
export const useTrimPanel = ({ draft, ...source }: TrimPanelProps) => {
  const player = usePlayer()
  const { track } = source
  const { clipId, moreSelections } = draft.source
  const isExtended = draft.fixes[clipId]?.remedies.includes('extend') ?? false
  const material = useMaterial(clipId, source)
  const { scenes } = material
  const surface = useRef<HTMLDivElement>(null)
  const { width } = useSize(surface)
  const trim = useTrim(draft, track)
  const { range } = trim
  const closest = closestView(width, stillWidth(track), track)
  const view = useView({ surface, duration: track.duration, closest, range })
  const snapping = useSnapping()
  const points = useMemo(
    (): SnapPoint[] => [
      ...scenes.map((time) => ({ time, kind: 'scene' as const })),
      ...moreSelections.flatMap(edgesOf),
    ],
    [scenes, moreSelections],
  )
  const edges = edgesOf(range)
  const reach = snapping && width > 0 ? (snapReach / width) * lengthOf(view.view) : 0
  const targets = { points, edges, reach }
  const drag = useStripDrag({ strip: surface, view: view.view, track, trim, targets })
  /** The current part, also during a drag. */
  const shown = drag.dragged ?? range
  const { start, end } = shown
  useEffect(() => player.setRange({ start, end }, track.frameRate), [player, start, end, track])
  const seekMarker = (direction: 1 | -1) => {
    const time = pointBeside(player.time, [...points, ...edges], direction, track)
    if (time === null) return
    player.pause()
    player.seek(time)
  }
  return {
    draft,
    track,
    player,
    material,
    surface,
    width,
    trim,
    ...view,
    ...drag,
    shown,
    /** Whether the model accepts a part, after the fixes of the clip. */
    lengthStateOf: (part: Selection) => lengthState(lengthOf(part), isExtended),
    seekMarker,
  }
}

/** What the pieces of the panel show and change. */
export type TrimPanelState = ReturnType<typeof useTrimPanel>

/** The keyboard shortcuts of player and trim. */
export const useTrimShortcuts = (panel: TrimPanelState): void => {
  const { draft, track, player, trim, zoom, zoomToPart, seekMarker } = panel
  const { undo, redo } = useDraftHistory(draft.id)
  const second = Math.round(track.frameRate)
  useShortcut('play-toggle', () => player.toggle())
  useShortcut('play-back', () => player.shuttle(-1))
  useShortcut('play-pause', () => player.pause())
  useShortcut('play-forward', () => player.shuttle(1))
  useShortcut('play-loop', () => player.toggleLoop())
  useShortcut('play-mute', () => player.toggleMuted())
  useShortcut('frame-previous', () => player.step(-1))
  useShortcut('frame-next', () => player.step(1))
  useShortcut('second-previous', () => player.step(-second))
  useShortcut('second-next', () => player.step(second))
  useShortcut('jump-start', () => player.jump('start'))
  useShortcut('jump-end', () => player.jump('end'))
  useShortcut('marker-previous', () => seekMarker(-1))
  useShortcut('marker-next', () => seekMarker(1))
  useShortcut('trim-in', () => trim.onStart(player.time))
  useShortcut('trim-out', () => trim.onEnd(player.time))
  useShortcut('part-add', trim.onAdd)
  useShortcut('part-previous', () => trim.chooseNeighbour(-1))
  useShortcut('part-next', () => trim.chooseNeighbour(1))
  useShortcut('part-remove', trim.removeCurrent)
  useShortcut('snap-toggle', toggleSnapping)
  useShortcut('zoom-in', () => zoom(0.5))
  useShortcut('zoom-out', () => zoom(2))
  useShortcut('zoom-part', zoomToPart)
  useShortcut('edit-undo', undo)
  useShortcut('edit-redo', redo)
}
