import { type RefObject, useLayoutEffect, useState } from 'react'

/** Width and height of an element in pixels, followed as they change; 0 before it is laid out. */
export const useSize = (
  element: RefObject<HTMLElement | null>,
): { width: number; height: number } => {
  const [size, setSize] = useState({ width: 0, height: 0 })
  useLayoutEffect(() => {
    const target = element.current
    if (!target) return
    const measure = () => setSize({ width: target.clientWidth, height: target.clientHeight })
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(target)
    return () => observer.disconnect()
  }, [element])
  return size
}
