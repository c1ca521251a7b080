import { useEffect, useRef, useState } from 'react'

interface Shown<T> {
  item: T
  /** It was removed and is only shown while it fades out. */
  leaving: boolean
}

/** Milliseconds for which a removed item is still shown. */
const leavingTime = 180

/** The list with removed items put back in their places, marked as leaving. */
export const mergeLeaving = <T extends { id: string }>(
  before: readonly Shown<T>[],
  now: readonly T[],
): Shown<T>[] => {
  const present = new Set(now.map((item) => item.id))
  const merged: Shown<T>[] = now.map((item) => ({ item, leaving: false }))
  before.forEach((shown, index) => {
    if (present.has(shown.item.id)) return
    merged.splice(Math.min(index, merged.length), 0, { item: shown.item, leaving: true })
  })
  return merged
}

/** A list that still shows removed items while they fade out. */
export const useLeaving = <T extends { id: string }>(items: readonly T[]): Shown<T>[] => {
  const before = useRef<Shown<T>[]>([])
  const [, render] = useState(0)
  const shown = mergeLeaving(before.current, items)
  const someLeave = shown.some(({ leaving }) => leaving)
  useEffect(() => {
    before.current = shown
  })
  useEffect(() => {
    if (!someLeave) return
    const timer = setTimeout(() => {
      before.current = before.current.filter(({ leaving }) => !leaving)
      render((count) => count + 1)
    }, leavingTime)
    return () => clearTimeout(timer)
  }, [someLeave])
  return shown
}
