import { describe, expect, it } from 'vitest'
import { mergeLeaving } from '../../../renderer/features/queue/use-leaving'

const items = (ids: string) => [...ids].map((id) => ({ id }))
const shown = (ids: string) => items(ids).map((item) => ({ item, leaving: false }))
/** The ids, with leaving items in brackets. */
const read = (merged: ReturnType<typeof mergeLeaving>) =>
  merged.map(({ item, leaving }) => (leaving ? `(${item.id})` : item.id)).join('')

describe('mergeLeaving', () => {
  it.each([
    ['abc', 'abc', 'abc'],
    ['abc', 'ac', 'a(b)c'],
    ['abc', '', '(a)(b)(c)'],
    ['abc', 'bcd', '(a)bcd'],
    ['', 'ab', 'ab'],
    ['abc', 'cab', 'cab'],
  ])('from %s to %s shows %s', (before, now, merged) => {
    expect(read(mergeLeaving(shown(before), items(now)))).toBe(merged)
  })
})
