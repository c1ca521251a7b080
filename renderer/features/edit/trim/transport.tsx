import {
  ChevronLeft,
  ChevronRight,
  Magnet,
  Pause,
  Play,
  Redo2,
  Repeat,
  Undo2,
  Volume2,
  VolumeX,
  ZoomIn,
  ZoomOut,
} from 'lucide-react'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useDraftHistory } from '../../../data/use-drafts'
import { IconButton } from '../../../ui/icon-button'
import { type Player, usePlayerState } from '../stage/player'
import { toggleSnapping, useSnapping } from './snapping'
import { formatFrames } from './timecode'
import type { Track } from './trim-range'
import type { TrimPanelState } from './use-trim-panel'

/** The time of the playhead. It updates without rendering. */
const Clock = ({ player, track }: { player: Player; track: Track }) => {
  const { t } = useTranslation()
  const { duration, frameRate } = track
  const showTime = useCallback(
    (text: HTMLSpanElement) =>
      player.onTick((time) => {
        text.textContent = formatFrames(time, frameRate)
      }),
    [player, frameRate],
  )
  return (
    <span aria-label={t('edit.player.position')} className="ml-1 text-sm" role="timer">
      <span data-testid="playhead-time" ref={showTime} />
      <span className="text-muted max-[1240px]:hidden"> / {formatFrames(duration, frameRate)}</span>
    </span>
  )
}

/** The buttons above the strip: play, frames, undo, snapping, sound, loop and zoom. */
export const Transport = ({ panel }: { panel: TrimPanelState }) => {
  const { t } = useTranslation()
  const { playing, loop, speed, muted } = usePlayerState()
  const { player, draft, track, zoom, isWhole } = panel
  const { canUndo, canRedo, undo, redo } = useDraftHistory(draft.id)
  const snapping = useSnapping()
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the handler only keeps the focus where it is
    <div
      className="flex items-center gap-0.5 max-[1100px]:gap-0"
      // Keeps the focus, so Space still plays after a click.
      onMouseDown={(event) => event.preventDefault()}
    >
      <IconButton
        icon={<ChevronLeft />}
        onClick={() => player.step(-1)}
        shortcut="frame-previous"
      />
      <IconButton
        icon={playing ? <Pause className="fill-current" /> : <Play className="fill-current" />}
        label={t(playing ? 'edit.player.pause' : 'edit.player.play')}
        onClick={() => player.toggle()}
        shortcut="play-toggle"
      />
      <IconButton icon={<ChevronRight />} onClick={() => player.step(1)} shortcut="frame-next" />
      <Clock player={player} track={track} />
      {playing && speed !== 1 ? (
        <span className="ml-1 text-sm text-muted">{`${speed}×`.replace('-', '−')}</span>
      ) : null}
      <div className="flex-1" />
      <div className="flex max-[1240px]:hidden">
        <IconButton disabled={!canUndo} icon={<Undo2 />} onClick={undo} shortcut="edit-undo" />
        <IconButton disabled={!canRedo} icon={<Redo2 />} onClick={redo} shortcut="edit-redo" />
      </div>
      <IconButton
        icon={<Magnet />}
        label={t('edit.trim.snap')}
        onClick={toggleSnapping}
        pressed={snapping}
        shortcut="snap-toggle"
      />
      <IconButton
        icon={muted ? <VolumeX /> : <Volume2 />}
        label={t(muted ? 'edit.player.unmute' : 'edit.player.mute')}
        onClick={() => player.toggleMuted()}
        shortcut="play-mute"
      />
      <IconButton
        icon={<Repeat />}
        onClick={() => player.toggleLoop()}
        pressed={loop}
        shortcut="play-loop"
      />
      <IconButton
        disabled={isWhole}
        icon={<ZoomOut />}
        onClick={() => zoom(2)}
        shortcut="zoom-out"
      />
      <IconButton icon={<ZoomIn />} onClick={() => zoom(0.5)} shortcut="zoom-in" />
    </div>
  )
}
