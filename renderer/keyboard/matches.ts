import type { Shortcut } from './shortcuts'

/** What a key press tells; the part of KeyboardEvent that is looked at. */
export interface Press {
  key: string
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
  shiftKey: boolean
}

/** Whether a key press is this shortcut. */
export const matches = (press: Press, shortcut: Pick<Shortcut, 'keys'>, mac: boolean): boolean => {
  const parts = shortcut.keys.split('+')
  const key = parts.at(-1) ?? ''
  const mod = parts.includes('Mod')
  const wantsControl = mod && !mac
  const wantsCommand = mod && mac
  if (press.ctrlKey !== wantsControl || press.metaKey !== wantsCommand || press.altKey) return false
  const pressed = press.key === ' ' ? 'Space' : press.key
  // A sign such as ? needs Shift on some keyboards and not on others.
  if (key.length === 1 && !/[A-Z0-9]/.test(key)) return pressed === key
  if (press.shiftKey !== parts.includes('Shift')) return false
  return pressed.toLowerCase() === key.toLowerCase()
}
