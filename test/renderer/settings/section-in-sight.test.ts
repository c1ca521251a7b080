import { describe, expect, it } from 'vitest'
import { sectionInSight } from '../../../renderer/features/settings/use-section-in-sight'

/** A page with sections of these heights, 24 pixels of padding and gaps of 40 pixels. */
const pageOf = (...heights: number[]) => {
  let y = 24
  const tops = heights.map((height) => {
    const top = y
    y += height + 40
    return top
  })
  return { tops, all: y - 16 }
}

const height = 600

const seenAt = ({ tops, all }: ReturnType<typeof pageOf>, scrolled: number) =>
  sectionInSight(
    tops.map((top, index) => ({ id: `s${index}`, top: top - scrolled })),
    { top: scrolled, height, all },
  )

describe('the section being read', () => {
  const long = pageOf(900, 700, 300, 120, 120, 90, 200)

  it('is the section whose heading is at the top, not a later one', () => {
    expect(seenAt(long, 0)).toBe('s0')
    // The second heading is in the middle of the visible part.
    expect(seenAt(long, 700)).toBe('s0')
    expect(seenAt(long, 940)).toBe('s1')
  })

  it('is each section in turn down to the last, even short ones', () => {
    const most = long.all - height
    const seen = Array.from({ length: most + 1 }, (_, scrolled) => seenAt(long, scrolled))
    expect([...new Set(seen)]).toEqual(['s0', 's1', 's2', 's3', 's4', 's5', 's6'])
    expect(seen.at(-1)).toBe('s6')
  })

  it('is the first section of a page that does not scroll, and undefined without sections', () => {
    expect(seenAt(pageOf(100, 100), 0)).toBe('s0')
    expect(sectionInSight([], { top: 0, height, all: height })).toBeUndefined()
  })
})
