import { describe, expect, it } from 'vitest'
import type { DraftSource } from '../../../../preload/contract'
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
const single = aDraft({ selection: { start: 5, end: 10 } })
const triple = aDraft({
  selection: { start: 20, end: 25 },
  moreSelections: [
    { start: 40, end: 44 },
    { start: 5, end: 10 },
  ],
})
const one = single.source
const three = triple.source
const ranges = (source: DraftSource) => partsOf(source, track).map(({ range }) => range)
const current = (source: DraftSource) => partsOf(source, track).find((part) => part.current)?.range

describe('the parts of a clip', () => {
  it('are ordered by time', () => {
    expect(ranges(three)).toEqual([
      { start: 5, end: 10 },
      { start: 20, end: 25 },
      { start: 40, end: 44 },
    ])
  })

  it.each([
    ['at the playhead when there is room', one, 30, { start: 30, end: 40 }],
    ['after the part under the playhead', one, 7, { start: 10, end: 20 }],
    ['as long as the gap allows', three, 36, { start: 36, end: 40 }],
    ['in another gap when this one is too short', three, 38.5, { start: 10, end: 20 }],
    ['elsewhere when less than 2 s are left at the end', one, 59, { start: 10, end: 20 }],
  ])('get a new part %s', (_, source, time, range) => {
    const more = withPart(source, time, track)
    expect(current(more)).toEqual(range)
    expect(ranges(more)).toHaveLength(ranges(source).length + 1)
  })

  it('keep the whole clip as a part when it was selected', () => {
    const short = { duration: 6, frameRate: 25 }
    const more = withPart(aDraft().source, 2, short)
    expect(partsOf(more, short)).toHaveLength(2)
    expect(partsOf(more, short)).toContainEqual({ range: { start: 0, end: 6 }, current: false })
  })

  it('stay the same when another part becomes current', () => {
    const last = partsOf(three, track)[2]
    if (!last) throw new Error('Expected three parts')
    const changed = withCurrent(three, last, track)
    expect(current(changed)).toEqual({ start: 40, end: 44 })
    expect(ranges(changed)).toEqual(ranges(three))
    expect(withSelection(three, { start: 40, end: 44 })).toEqual(changed)
  })

  it('can be removed one by one except the last', () => {
    let source = three
    for (const left of [2, 1, 1]) {
      const part = partsOf(source, track).find((each) => each.current)
      if (part) source = withoutPart(source, part, track)
      expect(ranges(source)).toHaveLength(left)
    }
    expect(current(source)).toBeDefined()
  })

  it('become one draft each, ordered by time', () => {
    const drafts = draftsOf({ ...triple, prompt: 'snow' })
    expect(drafts.map(({ source }) => source.selection?.start)).toEqual([5, 20, 40])
    expect(drafts.every(({ source }) => source.moreSelections.length === 0)).toBe(true)
    expect(drafts.every(({ prompt }) => prompt === 'snow')).toBe(true)
    expect(draftsOf(single)).toEqual([single])
  })

  it('leave gaps, even when they overlap', () => {
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
