import { useShortcut } from '../../../keyboard/use-shortcut'
import type { Player } from '../stage/player'

/** The player's keys, and I and O for the ends of the selection. */
export const useTrimShortcuts = (
  player: Player,
  frameRate: number,
  onStart: (time: number) => void,
  onEnd: (time: number) => void,
): void => {
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
  useShortcut('trim-in', () => onStart(player.time))
  useShortcut('trim-out', () => onEnd(player.time))
}
