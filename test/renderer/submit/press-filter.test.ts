import { expect, it } from 'vitest'
import { pressFilter } from '../../../renderer/features/edit/submit/submit-state'

it('takes a double click for one press', () => {
  const isMeant = pressFilter()
  expect([0, 150, 1500].map((now) => isMeant('a', now))).toEqual([true, false, true])
})

it('takes a held key for one press, however long', () => {
  const isMeant = pressFilter()
  const repeats = Array.from({ length: 100 }, (_, index) => isMeant('a', index * 40))
  expect(repeats.filter(Boolean)).toHaveLength(1)
})

it('takes another edit at once', () => {
  const isMeant = pressFilter()
  expect([isMeant('a', 0), isMeant('b', 100)]).toEqual([true, true])
})
