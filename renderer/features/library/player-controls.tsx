import { Pause, Play, Repeat, Volume2, VolumeX } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../language/use-format'
import { IconButton } from '../../ui/icon-button'
import { Segmented } from '../../ui/segmented'
import { Slider } from '../../ui/slider'
import type { CompareMode } from './compare'
import type { Player } from './use-player'

/** The moment the clock stands at, as often as the screen is drawn. Seconds. */
const useTime = ({ result, playing }: Pick<Player, 'result' | 'playing'>) => {
  const [time, setTime] = useState(0)
  useEffect(() => {
    const video = result.current
    if (!video) return
    const read = () => setTime(video.currentTime)
    read()
    video.addEventListener('seeking', read)
    video.addEventListener('timeupdate', read)
    let frame = 0
    const loop = () => {
      read()
      frame = requestAnimationFrame(loop)
    }
    if (playing) loop()
    return () => {
      cancelAnimationFrame(frame)
      video.removeEventListener('seeking', read)
      video.removeEventListener('timeupdate', read)
    }
  }, [result, playing])
  return [time, setTime] as const
}

const Scrubber = ({ player }: { player: Player }) => {
  const { t } = useTranslation()
  const format = useFormat()
  const [time, setTime] = useTime(player)
  return (
    <>
      <Slider
        className="w-auto min-w-16 flex-1"
        label={t('library.player.position')}
        max={Math.max(0.01, player.duration)}
        min={0}
        onChange={(next) => {
          player.seek(next)
          setTime(next)
        }}
        step={0.04}
        value={Math.min(time, player.duration || time)}
      />
      <span className="shrink-0 text-sm text-muted">
        {format.seconds(time)} / {format.seconds(player.duration)}
      </span>
    </>
  )
}

/** Play, scrub, what is shown, loop and sound: one set for both videos. */
export const PlayerControls = ({
  player,
  mode,
  onMode,
  hasBefore,
  loop,
  onLoop,
  sound,
  onSound,
}: {
  player: Player
  mode: CompareMode
  onMode: (mode: CompareMode) => void
  hasBefore: boolean
  loop: boolean
  onLoop: (loop: boolean) => void
  sound: boolean
  onSound: (sound: boolean) => void
}) => {
  const { t } = useTranslation()
  return (
    <div className="flex h-14 shrink-0 items-center gap-3 px-4">
      <IconButton
        icon={player.playing ? <Pause aria-hidden /> : <Play aria-hidden />}
        label={t(player.playing ? 'library.player.pause' : 'library.player.play')}
        onClick={player.toggle}
        shortcut="play-toggle"
      />
      <Scrubber player={player} />
      {hasBefore ? (
        <Segmented
          className="shrink-0 [&>span]:flex-auto"
          label={t('library.player.mode')}
          onChange={onMode}
          segments={[
            { value: 'before', label: t('library.player.before') },
            { value: 'split', label: t('library.player.split') },
            { value: 'after', label: t('library.player.after') },
          ]}
          value={mode}
        />
      ) : null}
      <div className="flex">
        <IconButton
          icon={<Repeat aria-hidden />}
          label={t('library.player.loop')}
          onClick={() => onLoop(!loop)}
          pressed={loop}
          shortcut="play-loop"
        />
        <IconButton
          icon={sound ? <Volume2 aria-hidden /> : <VolumeX aria-hidden />}
          label={t('library.player.sound')}
          onClick={() => onSound(!sound)}
          pressed={sound}
        />
      </div>
    </div>
  )
}
