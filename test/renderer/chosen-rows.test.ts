import { describe, expect, it } from 'vitest'
import {
  chooseAll,
  chooseOnly,
  chosenOrFocused,
  extendTo,
  focusOn,
  keepKnown,
  neighbour,
  nothingChosen,
  toggle,
} from '../../renderer/chosen-rows'

const order = ['a', 'b', 'c', 'd', 'e']
const ids = (chosen: { ids: ReadonlySet<string> }) => [...chosen.ids].sort().join('')

describe('choosing', () => {
  it('toggles one without losing the others', () => {
    const two = toggle(chooseOnly('a'), 'c')
    expect(ids(two)).toBe('ac')
    expect(ids(toggle(two, 'a'))).toBe('c')
  })

  it('extends a range in both directions from the same anchor', () => {
    const down = extendTo(chooseOnly('c'), 'e', order)
    expect(ids(down)).toBe('cde')
    const up = extendTo(down, 'a', order)
    expect(ids(up)).toBe('abc')
    expect(up).toMatchObject({ focus: 'a', anchor: 'c' })
  })

  it('starts a range without an anchor, and ignores ids that are not in the list', () => {
    expect(ids(extendTo(nothingChosen, 'b', order))).toBe('b')
    expect(extendTo(chooseOnly('a'), 'z', order)).toEqual(chooseOnly('a'))
  })

  it('chooses all and keeps the focus', () => {
    expect(ids(chooseAll(nothingChosen, order))).toBe('abcde')
    expect(chooseAll(chooseOnly('d'), order).focus).toBe('d')
  })
})

describe('chosenOrFocused', () => {
  it('is the chosen rows, else the focused row', () => {
    expect(chosenOrFocused(nothingChosen)).toEqual([])
    expect(chosenOrFocused(focusOn(nothingChosen, 'b'))).toEqual(['b'])
    expect(chosenOrFocused(focusOn(toggle(toggle(nothingChosen, 'a'), 'c'), 'b'))).toEqual([
      'a',
      'c',
    ])
  })
})

describe('neighbour', () => {
  it.each<[string | null, string[], string | null]>([
    ['c', ['a', 'c'], 'c'],
    ['c', ['a', 'b', 'd', 'e'], 'd'],
    ['e', ['a', 'b'], 'b'],
    ['a', [], null],
    [null, ['a'], null],
  ])('of %s in %j is %s', (id, now, expected) => {
    expect(neighbour(id, order, now)).toBe(expected)
  })
})

describe('keepKnown', () => {
  it('drops removed rows and moves the focus to the next row', () => {
    const chosen = extendTo(chooseOnly('b'), 'd', order)
    const left = keepKnown(chosen, order, ['a', 'c', 'e'])
    expect(ids(left)).toBe('c')
    expect(left).toMatchObject({ focus: 'e', anchor: 'e' })
  })
})
