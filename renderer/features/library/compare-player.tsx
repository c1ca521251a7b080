import { useTranslation } from 'react-i18next'
import type { LibraryEntry } from '../../../preload/contract'
import { useShortcut } from '../../keyboard/use-shortcut'
import { type CompareMode, modeByKey } from './compare'
import { CompareFrame } from './compare-frame'
import { PlayerControls } from './player-controls'
import { useKept, useRemembered } from './use-kept'
import { usePlayer } from './use-player'

const isOn = (stored: unknown): boolean => stored === 'true'
const isNotOff = (stored: unknown): boolean => stored !== 'false'

/** Source and result in one frame on one clock, with everything to compare them. */
export const ComparePlayer = ({ entry }: { entry: LibraryEntry }) => {
  const { t } = useTranslation()
  const hasBefore = entry.urls.before !== null
  const player = usePlayer(hasBefore)
  const [asked, setMode] = useKept<CompareMode>('library.mode', 'split')
  const [loop, setLoop] = useRemembered('loop', isNotOff)
  const [sound, setSound] = useRemembered('sound', isOn)
  const mode = hasBefore ? asked : 'after'
  const press = (key: string) => setMode((before) => modeByKey(before, key) ?? before)
  useShortcut('library-compare', () => press('a'), hasBefore)
  useShortcut('library-after', () => press('b'), hasBefore)
  useShortcut('library-split', () => press('s'), hasBefore)
  useShortcut('play-toggle', player.toggle)
  useShortcut('play-loop', () => setLoop(!loop))
  useShortcut('library-frame-back', () => player.step(-1))
  useShortcut('library-frame-on', () => player.step(1))
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="flex min-h-0 flex-1 flex-col bg-stage p-4">
        <CompareFrame entry={entry} loop={loop} mode={mode} player={player} sound={sound} />
        {hasBefore ? null : (
          <p className="pt-3 text-center text-sm text-muted">{t('library.player.noBefore')}</p>
        )}
      </div>
      <PlayerControls
        hasBefore={hasBefore}
        loop={loop}
        mode={mode}
        onLoop={setLoop}
        onMode={setMode}
        onSound={setSound}
        player={player}
        sound={sound}
      />
    </div>
  )
}
