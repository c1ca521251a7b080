import { useVirtualizer } from '@tanstack/react-virtual'
import { useCallback, useEffect, useRef } from 'react'
import { gap, gridShape } from './grid'
import { useKept } from './use-kept'
import { useSize } from './use-size'

/** Pixels around the tiles. */
const padding = 24

/** How tiles lie in rows, which rows are in sight, and where the person had scrolled to. */
export const useGridRows = (count: number, posterSize: number) => {
  const scroller = useRef<HTMLDivElement>(null)
  const [measure, size] = useSize<HTMLDivElement>()
  const [scrolled, setScrolled] = useKept('library.scrolled', 0)
  const shape = gridShape(size.width - 2 * padding, posterSize, count)
  const rows = useVirtualizer({
    count: size.width > 0 ? shape.rows : 0,
    getScrollElement: () => scroller.current,
    estimateSize: () => shape.tileHeight + gap,
    overscan: 2,
    paddingStart: 4,
    paddingEnd: padding,
    initialOffset: scrolled,
  })
  useEffect(() => {
    if (shape.tileHeight > 0) rows.measure()
  }, [rows, shape.tileHeight])
  useEffect(() => () => setScrolled(scroller.current?.scrollTop ?? 0), [setScrolled])
  const place = useCallback(
    (element: HTMLDivElement | null) => {
      scroller.current = element
      return measure(element)
    },
    [measure],
  )
  const pageRows = Math.floor(size.height / (shape.tileHeight + gap))
  return { scroller, place, rows, shape, pageRows }
}
