import { useSyncExternalStore } from 'react'

let on = true
const listeners = new Set<() => void>()

/** Turns snapping on or off, for every clip of this run. */
export const toggleSnapping = (): void => {
  on = !on
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** Whether handles and playhead are drawn to scenes, edges and the playhead. */
export const useSnapping = (): boolean => useSyncExternalStore(subscribe, () => on)
