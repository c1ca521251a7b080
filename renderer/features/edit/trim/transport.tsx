import {
  ArrowLeftToLine,
  ArrowRightToLine,
  ChevronLeft,
  ChevronRight,
  Pause,
  Play,
  Repeat,
  Volume2,
  VolumeX,
  ZoomIn,
  ZoomOut,
} from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { formatTimecode } from '../../../format'
import { IconButton } from '../../../ui/icon-button'
import type { Player } from '../stage/player'
import { usePlayerState } from '../stage/use-player'

/** Where the playhead is; written without React. */
const Clock = ({ player, duration }: { player: Player; duration: number }) => {
  const { t } = useTranslation()
  const text = useRef<HTMLSpanElement>(null)
  useEffect(
    () =>
      player.onTick((time) => {
        if (text.current) text.current.textContent = formatTimecode(time)
      }),
    [player],
  )
  return (
    <span aria-label={t('edit.player.position')} className="ml-1 text-sm" role="timer">
      <span data-testid="playhead-time" ref={text} />
      <span className="text-muted max-[1100px]:hidden"> / {formatTimecode(duration)}</span>
    </span>
  )
}

/** Play, frames, loop and zoom. */
export const Transport = ({
  player,
  duration,
  onZoom,
  onIn,
  onOut,
  canZoomOut,
}: {
  player: Player
  duration: number
  onZoom: (factor: number) => void
  onIn: () => void
  onOut: () => void
  canZoomOut: boolean
}) => {
  const { t } = useTranslation()
  const { playing, loop, speed, muted } = usePlayerState(player)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only keeps the focus where it is
    <div
      className="flex items-center gap-0.5 max-[1100px]:gap-0"
      // After a press with the mouse, space still plays.
      onMouseDown={(event) => event.preventDefault()}
    >
      <IconButton
        icon={<ChevronLeft />}
        label={t('edit.player.previousFrame')}
        onClick={() => player.step(-1)}
        shortcut="frame-previous"
      />
      <IconButton
        icon={playing ? <Pause className="fill-current" /> : <Play className="fill-current" />}
        label={t(playing ? 'edit.player.pause' : 'edit.player.play')}
        onClick={() => player.toggle()}
        shortcut="play-toggle"
      />
      <IconButton
        icon={<ChevronRight />}
        label={t('edit.player.nextFrame')}
        onClick={() => player.step(1)}
        shortcut="frame-next"
      />
      <Clock duration={duration} player={player} />
      {playing && speed !== 1 ? <span className="ml-1 text-sm text-muted">{speed}×</span> : null}
      <div className="flex-1" />
      <IconButton
        icon={<ArrowLeftToLine />}
        label={t('edit.trim.setIn')}
        onClick={onIn}
        shortcut="trim-in"
      />
      <IconButton
        icon={<ArrowRightToLine />}
        label={t('edit.trim.setOut')}
        onClick={onOut}
        shortcut="trim-out"
      />
      <IconButton
        icon={muted ? <VolumeX /> : <Volume2 />}
        label={t(muted ? 'edit.player.unmute' : 'edit.player.mute')}
        onClick={() => player.setMuted(!muted)}
        shortcut="play-mute"
      />
      <IconButton
        icon={<Repeat />}
        label={t('edit.player.loop')}
        onClick={() => player.setLoop(!loop)}
        pressed={loop}
        shortcut="play-loop"
      />
      <IconButton
        disabled={!canZoomOut}
        icon={<ZoomOut />}
        label={t('edit.player.zoomOut')}
        onClick={() => onZoom(2)}
      />
      <IconButton icon={<ZoomIn />} label={t('edit.player.zoomIn')} onClick={() => onZoom(0.5)} />
    </div>
  )
}
