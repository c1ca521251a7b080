import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import { clamp } from '../../clamp'

/** Pixels from the top at which a section is being read: room for its heading and a few lines. */
const lead = 96

/**
 * The section being read: the last one above the reading line. The line is near the top and moves to the bottom over
 * the page's last screen, so that sections which never reach the top are found too. All in pixels: `top` of a section
 * from the top of the visible part; the page's scroll position, visible height and whole height.
 */
export const sectionInSight = (
  sections: readonly { id: string; top: number }[],
  { top, height, all }: { top: number; height: number; all: number },
): string | undefined => {
  const most = Math.max(0, all - height)
  const span = Math.min(height, most)
  const moved = span === 0 ? 0 : clamp(1 - (most - top) / span, 0, 1)
  const line = lead + (height - lead) * moved
  return sections.findLast((section) => section.top <= line)?.id ?? sections[0]?.id
}

/** Pixels by which browsers may round a scroll position. */
const rounding = 1

/** The section being read. Going to a section selects it until the person scrolls; then the scroll position decides. */
export const useSectionInSight = (page: RefObject<HTMLDivElement | null>) => {
  const [current, setCurrent] = useState<string | undefined>('providers')
  const held = useRef<{ place: HTMLElement; top: number } | null>(null)

  const scrollTo = useCallback(
    (place: HTMLElement) => {
      place.scrollIntoView({ block: 'start' })
      held.current = { place, top: page.current?.scrollTop ?? 0 }
    },
    [page],
  )

  const go = useCallback(
    (selector: string) => {
      const place = page.current?.querySelector<HTMLElement>(selector)
      if (!place) return
      scrollTo(place)
      setCurrent(place.closest<HTMLElement>('[data-section]')?.dataset['section'])
    },
    [page, scrollTo],
  )

  const look = () => {
    const element = page.current
    if (!element) return
    // This scroll was caused by `go`; sections near the end never reach the top.
    if (held.current && Math.abs(held.current.top - element.scrollTop) <= rounding) return
    held.current = null
    const { scrollTop: top, clientHeight: height, scrollHeight: all } = element
    const places = element.querySelectorAll<HTMLElement>('[data-section]')
    const sections = Array.from(places, ({ dataset, offsetTop }) => ({
      id: dataset['section'] ?? '',
      top: offsetTop - top,
    }))
    setCurrent(sectionInSight(sections, { top, height, all }))
  }

  // Content that loads above the section moves it: scroll back unless the person has scrolled.
  useEffect(() => {
    const content = page.current?.firstElementChild
    if (!content) return
    const observer = new ResizeObserver(() => held.current && scrollTo(held.current.place))
    observer.observe(content)
    return () => observer.disconnect()
  }, [page, scrollTo])

  return { current, look, go }
}
