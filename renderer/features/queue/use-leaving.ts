import { useEffect, useRef, useState } from 'react'

export interface Shown<T> {
  item: T
  /** It is gone already and is only shown going. */
  leaving: boolean
}

/** Puts what is gone back where it was, marked as leaving. */
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

/** A list whose items are shown for so many milliseconds more after they have gone. */
export const useLeaving = <T extends { id: string }>(
  items: readonly T[],
  milliseconds = 180,
): Shown<T>[] => {
  const before = useRef<Shown<T>[]>([])
  const [, draw] = useState(0)
  const shown = mergeLeaving(before.current, items)
  const someLeave = shown.some(({ leaving }) => leaving)
  useEffect(() => {
    before.current = shown
  })
  useEffect(() => {
    if (!someLeave) return
    const timer = setTimeout(() => {
      before.current = before.current.filter(({ leaving }) => !leaving)
      draw((count) => count + 1)
    }, milliseconds)
    return () => clearTimeout(timer)
  }, [someLeave, milliseconds])
  return shown
}
