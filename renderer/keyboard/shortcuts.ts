/**
 * All shortcuts of the window, for handlers, tooltips and the list of shortcuts.
 * `Mod` is ⌘ on macOS and Ctrl elsewhere. `typing` shortcuts also work in text fields.
 */
export const shortcuts = {
  'view-edit': { keys: 'Mod+1', group: 'window', typing: true },
  'view-queue': { keys: 'Mod+2', group: 'window', typing: true },
  'view-library': { keys: 'Mod+3', group: 'window', typing: true },
  'view-settings': { keys: 'Mod+,', group: 'window', typing: true },
  'files-open': { keys: 'Mod+O', group: 'window', typing: true },
  'help-shortcuts': { keys: '?', group: 'window', typing: false },
  'edit-submit': { keys: 'Mod+Enter', group: 'edit', typing: true },
  'edit-undo': { keys: 'Mod+Z', group: 'edit', typing: false },
  'edit-redo': { keys: 'Mod+Shift+Z', group: 'edit', typing: false },
  'clip-previous': { keys: 'ArrowUp', group: 'edit', typing: false },
  'clip-next': { keys: 'ArrowDown', group: 'edit', typing: false },
  'clip-extend-up': { keys: 'Shift+ArrowUp', group: 'edit', typing: false },
  'clip-extend-down': { keys: 'Shift+ArrowDown', group: 'edit', typing: false },
  'clips-all': { keys: 'Mod+A', group: 'edit', typing: false },
  'clips-none': { keys: 'Escape', group: 'edit', typing: false },
  'play-toggle': { keys: 'Space', group: 'player', typing: false },
  'play-back': { keys: 'J', group: 'player', typing: false },
  'play-pause': { keys: 'K', group: 'player', typing: false },
  'play-forward': { keys: 'L', group: 'player', typing: false },
  'play-loop': { keys: 'R', group: 'player', typing: false },
  'play-mute': { keys: 'M', group: 'player', typing: false },
  'frame-previous': { keys: 'ArrowLeft', group: 'player', typing: false },
  'frame-next': { keys: 'ArrowRight', group: 'player', typing: false },
  'second-previous': { keys: 'Shift+ArrowLeft', group: 'player', typing: false },
  'second-next': { keys: 'Shift+ArrowRight', group: 'player', typing: false },
  'jump-start': { keys: 'Home', group: 'player', typing: false },
  'jump-end': { keys: 'End', group: 'player', typing: false },
  'trim-in': { keys: 'I', group: 'trim', typing: false },
  'trim-out': { keys: 'O', group: 'trim', typing: false },
  'marker-previous': { keys: ',', group: 'trim', typing: false },
  'marker-next': { keys: '.', group: 'trim', typing: false },
  'part-add': { keys: 'N', group: 'trim', typing: false },
  'part-previous': { keys: '[', group: 'trim', typing: false },
  'part-next': { keys: ']', group: 'trim', typing: false },
  'part-remove': { keys: 'Backspace', group: 'trim', typing: false },
  'snap-toggle': { keys: 'S', group: 'trim', typing: false },
  'zoom-in': { keys: '=', group: 'trim', typing: false },
  'zoom-out': { keys: '-', group: 'trim', typing: false },
  'zoom-part': { keys: 'Z', group: 'trim', typing: false },
  'library-search': { keys: 'Mod+F', group: 'library', typing: true },
  'library-preview': { keys: 'Space', group: 'library', typing: false },
  'library-compare': { keys: 'A', group: 'library', typing: false },
  'library-open': { keys: 'Enter', group: 'library', typing: false },
  'library-trash': { keys: 'Delete', group: 'library', typing: false },
  'library-find': { keys: '/', group: 'library', typing: false },
  'library-after': { keys: 'B', group: 'library', typing: false },
  'library-split': { keys: 'S', group: 'library', typing: false },
  'library-previous': { keys: 'ArrowLeft', group: 'library', typing: false },
  'library-next': { keys: 'ArrowRight', group: 'library', typing: false },
  'library-frame-back': { keys: ',', group: 'library', typing: false },
  'library-frame-on': { keys: '.', group: 'library', typing: false },
  'library-back': { keys: 'Escape', group: 'library', typing: false },
} as const satisfies Record<string, Shortcut>

export interface Shortcut {
  keys: string
  group: 'window' | 'edit' | 'player' | 'trim' | 'library'
  typing: boolean
}

export type ShortcutId = keyof typeof shortcuts

/** Whether the window runs on macOS, which has its own modifier keys. */
export const isMac = (): boolean =>
  typeof window !== 'undefined' && window.reshoot?.platform === 'darwin'

const keySigns: Record<string, string> = {
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
  const modifiers = mac ? macSigns : otherSigns
  return shortcuts[id].keys.split('+').map((key) => modifiers[key] ?? keySigns[key] ?? key)
}

/** The parts of a KeyboardEvent that identify a shortcut. */
export type Press = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>

/** Whether a key press is this shortcut. */
export const matches = (press: Press, { keys }: Pick<Shortcut, 'keys'>, mac: boolean): boolean => {
  const parts = keys.split('+')
  const key = parts.at(-1) ?? ''
  const mod = parts.includes('Mod')
  if (press.ctrlKey !== (mod && !mac) || press.metaKey !== (mod && mac) || press.altKey)
    return false
  const pressed = press.key === ' ' ? 'Space' : press.key
  // Signs such as ? need Shift on some keyboards only.
  if (key.length === 1 && !/[A-Z0-9]/.test(key)) return pressed === key
  if (press.shiftKey !== parts.includes('Shift')) return false
  return pressed.toLowerCase() === key.toLowerCase()
}
