import { type RefCallback, useCallback, useState } from 'react'

export interface Size {
  width: number
  height: number
}

/** The inner size of an element in pixels, kept true; zero until it was measured. */
export const useSize = <E extends HTMLElement>(): [RefCallback<E>, Size] => {
  const [size, setSize] = useState<Size>({ width: 0, height: 0 })
  const measure = useCallback((element: E | null) => {
    if (!element) return
    const observer = new ResizeObserver(([entry]) => {
      if (!entry) return
      const { width, height } = entry.contentRect
      setSize((before) =>
        before.width === width && before.height === height ? before : { width, height },
      )
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return [measure, size]
}
