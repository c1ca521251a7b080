import { useCallback, useSyncExternalStore } from 'react'

let now = Date.now()
let timer: ReturnType<typeof setInterval> | null = null
const listeners = new Set<() => void>()

const tick = () => {
  now = Date.now()
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  if (timer === null) {
    now = Date.now()
    timer = setInterval(tick, 1000)
  }
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0 || timer === null) return
    clearInterval(timer)
    timer = null
  }
}

/**
 * What a moment makes of the present time: one ticker a second for the whole window, and a component is
 * drawn again only when its own answer changed.
 */
export const useClock = <T extends string | number | boolean | null>(
  derive: (now: number) => T,
): T => {
  const answer = useCallback(() => derive(now), [derive])
  return useSyncExternalStore(subscribe, answer, answer)
}
