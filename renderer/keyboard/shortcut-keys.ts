import { isMac } from './platform'
import { type ShortcutId, shortcuts } from './shortcuts'

const signs: Record<string, string> = {
  Enter: '↵',
  Escape: 'Esc',
  Delete: 'Del',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
}

const macSigns: Record<string, string> = { Mod: '⌘', Shift: '⇧', Alt: '⌥' }
const otherSigns: Record<string, string> = { Mod: 'Ctrl' }

/** The keys of a shortcut as they are printed on this computer's keyboard. */
export const shortcutKeys = (id: ShortcutId, mac = isMac()): string[] => {
  const own = mac ? macSigns : otherSigns
  return shortcuts[id].keys.split('+').map((key) => own[key] ?? signs[key] ?? key)
}
