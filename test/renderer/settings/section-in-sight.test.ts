import { describe, expect, it } from 'vitest'
import { sectionInSight } from '../../../renderer/features/settings/section-in-sight'

const at = (...tops: number[]) => tops.map((top, index) => ({ id: `s${index}`, top }))

describe('sectionInSight', () => {
  it.each([
    ['at the top', at(24, 500, 900), false, 's0'],
    ['when the next one is high enough', at(-400, 150, 500), false, 's1'],
    ['when the next one is still low', at(-200, 350, 700), false, 's0'],
    ['at the end, where the last is too short to rise', at(-800, -100, 500), true, 's2'],
    ['without sections', [], false, null],
  ])('%s', (_when, sections, atEnd, id) => {
    expect(sectionInSight(sections, 600, atEnd)).toBe(id)
  })
})
