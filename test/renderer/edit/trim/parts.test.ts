import { describe, expect, it } from 'vitest'
import {
  draftsOf,
  gapsBetween,
  partsOf,
  withCurrent,
  withoutPart,
  withPart,
  withSelection,
} from '../../../../renderer/features/edit/trim/parts'
import { aDraft } from '../../a-draft'

const track = { duration: 60, frameRate: 25 }
const one = aDraft({ selection: { start: 5, end: 10 } })
const three = aDraft({
  selection: { start: 20, end: 25 },
  moreSelections: [
    { start: 40, end: 44 },
    { start: 5, end: 10 },
  ],
})
const ranges = (draft: typeof one) => partsOf(draft, track).map(({ range }) => range)
const current = (draft: typeof one) => partsOf(draft, track).find((part) => part.current)?.range

describe('the parts of a clip', () => {
  it('are told in the order of their time', () => {
    expect(ranges(three)).toEqual([
      { start: 5, end: 10 },
      { start: 20, end: 25 },
      { start: 40, end: 44 },
    ])
  })

  it.each([
    ['at the playhead where there is room', one, 30, { start: 30, end: 40 }],
    ['behind the part under the playhead', one, 7, { start: 10, end: 20 }],
    ['as long as the gap allows', three, 36, { start: 36, end: 40 }],
    ['in another gap where this one is too short', three, 38.5, { start: 10, end: 20 }],
    ['at the end only where 2 s are left', one, 59, { start: 10, end: 20 }],
  ])('get one more %s', (_, draft, time, range) => {
    const more = withPart(draft, time, track)
    expect(current(more)).toEqual(range)
    expect(ranges(more)).toHaveLength(ranges(draft).length + 1)
  })

  it('keep the whole clip as a part when it was taken whole', () => {
    const short = { duration: 6, frameRate: 25 }
    const more = withPart(aDraft({}), 2, short)
    expect(partsOf(more, short)).toHaveLength(2)
    expect(partsOf(more, short)).toContainEqual({ range: { start: 0, end: 6 }, current: false })
  })

  it('change which one is at hand without losing any', () => {
    const last = partsOf(three, track)[2]
    if (!last) throw new Error('There are three')
    const changed = withCurrent(three, last, track)
    expect(current(changed)).toEqual({ start: 40, end: 44 })
    expect(ranges(changed)).toEqual(ranges(three))
    expect(withSelection(three, { start: 40, end: 44 })).toEqual(changed)
  })

  it('go one by one, and the last one stays', () => {
    let draft = three
    for (const left of [2, 1, 1]) {
      const part = partsOf(draft, track).find((each) => each.current)
      if (part) draft = withoutPart(draft, part, track)
      expect(ranges(draft)).toHaveLength(left)
    }
    expect(current(draft)).toBeDefined()
  })

  it('become an edit each, in the order of their time', () => {
    const drafts = draftsOf({ ...three, prompt: 'snow' })
    expect(drafts.map(({ selection }) => selection?.start)).toEqual([5, 20, 40])
    expect(drafts.every(({ moreSelections }) => moreSelections.length === 0)).toBe(true)
    expect(drafts.every(({ prompt }) => prompt === 'snow')).toBe(true)
    expect(draftsOf(one)).toEqual([one])
  })

  it('leave gaps, also where they overlap', () => {
    expect(
      gapsBetween([
        { start: 4, end: 8 },
        { start: 2, end: 5 },
        { start: 10, end: 12 },
      ]),
    ).toEqual([
      { start: 0, end: 2 },
      { start: 8, end: 10 },
      { start: 12, end: Number.POSITIVE_INFINITY },
    ])
  })
})
