import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import { isSectionId, type SectionId } from './section'
import { sectionInSight } from './section-in-sight'

const placesIn = (page: HTMLElement): HTMLElement[] => [
  ...page.querySelectorAll<HTMLElement>('[data-section]'),
]

/** Pixels by which browsers round a position. */
const rounding = 1

/** Which section is being read. Going to one says so at once and holds until the person scrolls; scrolling finds out. */
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
    // The scrolling that going there has caused: sections near the end never reach the top.
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

  // What arrives late above the place moves it: it is brought back as long as the person has not gone on.
  useEffect(() => {
    const content = page.current?.firstElementChild
    if (!content) return
    const observer = new ResizeObserver(() => held.current && scrollTo(held.current.place))
    observer.observe(content)
    return () => observer.disconnect()
  }, [page, scrollTo])

  return { current, look, go }
}
