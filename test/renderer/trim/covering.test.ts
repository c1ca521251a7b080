import { expect, it } from 'vitest'
import { covering } from '../../../renderer/features/edit/trim/filmstrip'

const tile = { x: 100, y: 0, width: 320, height: 80 }

it.each([
  ['all of a picture of the same shape', 4, 4, tile],
  ['the middle of a wider one', 4, 2, { x: 180, y: 0, width: 160, height: 80 }],
  ['the middle of a taller one', 4, 8, { x: 100, y: 20, width: 320, height: 40 }],
  // The tile holds a picture of 12.8 to 1 squeezed into 4 to 1.
  ['the middle of a squeezed one', 12.8, 4, { x: 210, y: 0, width: 100, height: 80 }],
])('takes %s', (_what, from, to, part) => {
  expect(covering(tile, { from, to })).toEqual(part)
})
