import { useState } from 'react'
import type { Draft, Selection } from '../../../../preload/contract'
import { useChangeDraft, useDraftHistory } from '../../../data/use-drafts'
import { useShortcut } from '../../../keyboard/use-shortcut'
import type { Player } from '../stage/player'
import { mostParts, type Part, partsOf, withCurrent, withoutPart, withPart } from './parts'
import { toggleSnapping } from './snapping'
import { asSelection, rangeOf, type Track, windowAt, withEnd, withStart } from './trim-range'

/** The parts of a clip, and what handles, keys and fields do to them. */
export const useTrim = (draft: Draft, track: Track, player: Player) => {
  const change = useChangeDraft(draft.clipId)
  const [fixed, setFixed] = useState<number | null>(null)
  const { selection } = draft
  const range = rangeOf(selection, track)
  const parts = partsOf(draft, track)
  const setRange = (next: Selection) => change({ selection: asSelection(next, track) })
  const choose = (part: Part) => {
    if (part.current) return
    change((before) => withCurrent(before, part, track))
    player.pause()
    player.seek(part.range.start)
  }
  const at = parts.findIndex(({ current }) => current)
  return {
    range,
    parts,
    fixed,
    setRange,
    onStart: (time: number) =>
      setRange(fixed === null ? withStart(range, time, track) : windowAt(time, fixed, track)),
    onEnd: (time: number) =>
      setRange(fixed === null ? withEnd(range, time, track) : windowAt(time - fixed, fixed, track)),
    onFixed: (seconds: number | null) => {
      setFixed(seconds)
      if (seconds !== null)
        setRange(windowAt(selection ? range.start : player.time, seconds, track))
    },
    onWhole: () => {
      setFixed(null)
      change({ selection: null })
    },
    canAdd: parts.length < mostParts,
    onAdd: () => {
      const more = withPart(draft, player.time, track)
      change(more)
      player.pause()
      player.seek(rangeOf(more.selection, track).start)
    },
    choose,
    remove: (part: Part) => change((before) => withoutPart(before, part, track)),
    removeCurrent: () => {
      const part = parts[at]
      if (part && parts.length > 1) change((before) => withoutPart(before, part, track))
    },
    chooseNeighbour: (by: 1 | -1) => {
      const part = parts[(at + by + parts.length) % parts.length]
      if (part) choose(part)
    },
  }
}

export type Trim = ReturnType<typeof useTrim>

/** The keyboard shortcuts of player and trim. */
export const useTrimShortcuts = ({
  clipId,
  player,
  frameRate,
  trim,
  onMarker,
  onZoom,
  onZoomPart,
}: {
  clipId: string
  player: Player
  frameRate: number
  trim: Trim
  onMarker: (direction: 1 | -1) => void
  onZoom: (factor: number) => void
  onZoomPart: () => void
}): void => {
  const { undo, redo } = useDraftHistory(clipId)
  useShortcut('play-toggle', () => player.toggle())
  useShortcut('play-back', () => player.shuttle(-1))
  useShortcut('play-pause', () => player.pause())
  useShortcut('play-forward', () => player.shuttle(1))
  useShortcut('play-loop', () => player.setLoop(!player.state().loop))
  useShortcut('play-mute', () => player.setMuted(!player.state().muted))
  useShortcut('frame-previous', () => player.step(-1))
  useShortcut('frame-next', () => player.step(1))
  useShortcut('second-previous', () => player.step(-Math.round(frameRate)))
  useShortcut('second-next', () => player.step(Math.round(frameRate)))
  useShortcut('jump-start', () => player.jumpToStart())
  useShortcut('jump-end', () => player.jumpToEnd())
  useShortcut('marker-previous', () => onMarker(-1))
  useShortcut('marker-next', () => onMarker(1))
  useShortcut('trim-in', () => trim.onStart(player.time))
  useShortcut('trim-out', () => trim.onEnd(player.time))
  useShortcut('part-add', trim.onAdd)
  useShortcut('part-previous', () => trim.chooseNeighbour(-1))
  useShortcut('part-next', () => trim.chooseNeighbour(1))
  useShortcut('part-remove', trim.removeCurrent)
  useShortcut('snap-toggle', toggleSnapping)
  useShortcut('zoom-in', () => onZoom(0.5))
  useShortcut('zoom-out', () => onZoom(2))
  useShortcut('zoom-part', onZoomPart)
  useShortcut('edit-undo', undo)
  useShortcut('edit-redo', redo)
}
