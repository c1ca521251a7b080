import { Camera, Pause, Play, Repeat, Volume2, VolumeX } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { LibraryEntry } from '../../../preload/contract'
import { useSaveFrame } from '../../data/use-library'
import { useShortcut } from '../../keyboard/use-shortcut'
import { useFormat } from '../../language/use-format'
import { IconButton } from '../../ui/icon-button'
import { Segmented } from '../../ui/segmented'
import { Slider } from '../../ui/slider'
import { toast } from '../../ui/toast-store'
import { type CompareMode, toggleMode } from './compare'
import { CompareFrame } from './compare-frame'
import { useKept, useRemembered } from './use-kept'
import { type Player, usePlayer, usePlayerTime } from './use-player'

const Scrubber = ({ player }: { player: Player }) => {
  const { t } = useTranslation()
  const format = useFormat()
  const [time, setTime] = usePlayerTime(player)
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

/** Source and result in one frame on one clock, with the controls for comparing them. */
export const ComparePlayer = ({ entry }: { entry: LibraryEntry }) => {
  const { t } = useTranslation()
  const hasBefore = entry.urls.before !== null
  const player = usePlayer(hasBefore)
  const [asked, setMode] = useKept<CompareMode>('library.mode', 'split')
  const [loop, setLoop] = useRemembered('loop', (stored) => stored !== 'false')
  const [sound, setSound] = useRemembered('sound', (stored) => stored === 'true')
  const mode = hasBefore ? asked : 'after'
  const press = (pressed: CompareMode) => setMode((before) => toggleMode(before, pressed))
  useShortcut('library-compare', () => press('before'), hasBefore)
  useShortcut('library-after', () => press('after'), hasBefore)
  useShortcut('library-split', () => press('split'), hasBefore)
  useShortcut('play-toggle', player.toggle)
  useShortcut('play-loop', () => setLoop(!loop))
  useShortcut('library-frame-back', () => player.step(-1))
  useShortcut('library-frame-on', () => player.step(1))
  const { mutate: saveFrame, isPending: saving } = useSaveFrame()
  const onSaveFrame = () =>
    saveFrame(
      { id: entry.id, time: player.result.current?.currentTime ?? 0 },
      {
        onSuccess: ({ fileName }) => {
          if (fileName !== null)
            toast({ level: 'pass', text: t('library.do.saved', { name: fileName }) })
        },
      },
    )
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="flex min-h-0 flex-1 flex-col bg-stage p-4">
        <CompareFrame entry={entry} loop={loop} mode={mode} player={player} sound={sound} />
        {hasBefore || entry.mode !== 'edit' ? null : (
          <p className="pt-3 text-center text-sm text-muted">{t('library.player.noBefore')}</p>
        )}
      </div>
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
            onChange={setMode}
            segments={(['before', 'split', 'after'] as const).map((value) => ({
              value,
              label: t(`library.player.${value}`),
            }))}
            value={mode}
          />
        ) : null}
        <div className="flex">
          <IconButton
            disabled={saving}
            icon={<Camera aria-hidden />}
            label={t('library.player.saveFrame')}
            onClick={onSaveFrame}
          />
          <IconButton
            icon={<Repeat aria-hidden />}
            label={t('library.player.loop')}
            onClick={() => setLoop(!loop)}
            pressed={loop}
            shortcut="play-loop"
          />
          <IconButton
            icon={sound ? <Volume2 aria-hidden /> : <VolumeX aria-hidden />}
            label={t('library.player.sound')}
            onClick={() => setSound(!sound)}
            pressed={sound}
          />
        </div>
      </div>
    </div>
  )
}
