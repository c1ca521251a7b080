import { useDraftHistory } from '../../../data/use-drafts'
import { useShortcut } from '../../../keyboard/use-shortcut'
import type { Player } from '../stage/player'
import { toggleSnapping } from './snap-switch'
import type { Trim } from './use-trim'

/** Everything of the player and the trim that has a key. */
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
  useShortcut('part-previous', () => trim.beside(-1))
  useShortcut('part-next', () => trim.beside(1))
  useShortcut('part-remove', trim.removeCurrent)
  useShortcut('snap-toggle', toggleSnapping)
  useShortcut('zoom-in', () => onZoom(0.5))
  useShortcut('zoom-out', () => onZoom(2))
  useShortcut('zoom-part', onZoomPart)
  useShortcut('edit-undo', undo)
  useShortcut('edit-redo', redo)
}
