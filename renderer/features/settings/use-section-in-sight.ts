import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import { isSectionId, type SectionId } from './section'

/** The scroll state of a page, in pixels. */
interface Scrolled {
  /** The scroll position. */
  top: number
  /** The visible height. */
  height: number
  /** The height of the whole page. */
  all: number
}

/** Pixels from the top at which a section is being read: room for its heading and a few lines. */
const lead = 96

/**
 * The section being read: the last one above the reading line. The line is near the top and moves to the bottom over
 * the page's last screen, so that sections which never reach the top are found too. `top` of a section is in pixels
 * from the top of the visible part.
 */
export const sectionInSight = (
  sections: readonly { id: string; top: number }[],
  { top, height, all }: Scrolled,
): string | null => {
  const most = Math.max(0, all - height)
  const rest = most - top
  const span = Math.min(height, most)
  const moved = span === 0 ? 0 : Math.min(1, Math.max(0, 1 - rest / span))
  const line = lead + (height - lead) * moved
  return sections.findLast((section) => section.top <= line)?.id ?? sections[0]?.id ?? null
}

const placesIn = (page: HTMLElement): HTMLElement[] => [
  ...page.querySelectorAll<HTMLElement>('[data-section]'),
]

/** Pixels by which browsers may round a scroll position. */
const rounding = 1

/** The section being read. Going to a section selects it until the person scrolls; then the scroll position decides. */
export const useSectionInSight = (page: RefObject<HTMLDivElement | null>) => {
  const [current, setCurrent] = useState<SectionId>('providers')
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
      const id = place.closest<HTMLElement>('[data-section]')?.dataset['section'] ?? ''
      if (isSectionId(id)) setCurrent(id)
    },
    [page, scrollTo],
  )

  const look = () => {
    const element = page.current
    if (!element) return
    // This scroll was caused by `go`; sections near the end never reach the top.
    if (held.current && Math.abs(held.current.top - element.scrollTop) <= rounding) return
    held.current = null
    const sections = placesIn(element).map((section) => ({
      id: section.dataset['section'] ?? '',
      top: section.offsetTop - element.scrollTop,
    }))
    const { scrollTop: top, clientHeight: height, scrollHeight: all } = element
    const id = sectionInSight(sections, { top, height, all })
    if (id !== null && isSectionId(id)) setCurrent(id)
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
