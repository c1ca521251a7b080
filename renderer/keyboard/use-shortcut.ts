import { useEffect, useEffectEvent } from 'react'
import { isMac, matches, type ShortcutId, shortcuts } from './shortcuts'

/** The listener that was mounted last is asked first. */
const listeners: { id: ShortcutId; run: () => void }[] = []

/** Types of inputs without text. */
const textless = new Set(['checkbox', 'radio', 'button', 'color', 'range'])

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target instanceof HTMLTextAreaElement ||
    (target instanceof HTMLInputElement && !textless.has(target.type)))

/** Whether the focused control handles this key itself. */
const belongsToControl = (event: KeyboardEvent): boolean => {
  const target = event.target
  if (!(target instanceof HTMLElement)) return false
  if (target.closest('[role="menu"],[role="dialog"]')) return true
  if (event.ctrlKey || event.metaKey) return false
  if (event.key === ' ' || event.key === 'Enter')
    // A focused row of a list is already chosen, so space plays and pauses.
    return target.closest('button:not([role="option"]),a[href],[role="switch"]') !== null
  if (event.key.startsWith('Arrow') || event.key === 'Home' || event.key === 'End')
    return (
      target.closest('[role="slider"],[role="radiogroup"],[role="group"],[role="tablist"]') !== null
    )
  return false
}

const onKeyDown = (event: KeyboardEvent) => {
  if (event.defaultPrevented || event.isComposing) return
  if (document.querySelector('[role="dialog"][data-state="open"]')?.contains(event.target as Node))
    return
  const mac = isMac()
  const listener = listeners.findLast(({ id }) => {
    const shortcut = shortcuts[id]
    if (!matches(event, shortcut, mac)) return false
    if (!shortcut.typing && isTyping(event.target)) return false
    return shortcut.typing || !belongsToControl(event)
  })
  if (!listener) return
  event.preventDefault()
  listener.run()
}

if (typeof window !== 'undefined') window.addEventListener('keydown', onKeyDown)

/** Runs `run` on the shortcut while the component is shown and `enabled`. */
export const useShortcut = (id: ShortcutId, run: () => void, enabled = true): void => {
  const onPress = useEffectEvent(run)
  useEffect(() => {
    if (!enabled) return
    const listener = { id, run: () => onPress() }
    listeners.push(listener)
    return () => void listeners.splice(listeners.indexOf(listener), 1)
  }, [id, enabled])
}
