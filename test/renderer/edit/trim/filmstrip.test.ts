import { describe, expect, it } from 'vitest'
import { covering, stillPlaces } from '../../../../renderer/features/edit/trim/filmstrip'

const tile = { x: 100, y: 0, width: 320, height: 80 }

it.each([
  ['the whole picture for the same ratio', 4, 4, tile],
  ['the middle of a wider picture', 4, 2, { x: 180, y: 0, width: 160, height: 80 }],
  ['the middle of a taller picture', 4, 8, { x: 100, y: 20, width: 320, height: 40 }],
  // A picture with a ratio of 12.8, squeezed into a tile with a ratio of 4.
  ['the middle of a squeezed tile', 12.8, 4, { x: 210, y: 0, width: 100, height: 80 }],
])('covers a place with %s', (_what, from, to, part) => {
  expect(covering(tile, { from, to })).toEqual(part)
})

describe('the stills', () => {
  const track = { duration: 10, frameRate: 25 }

  it('lie on a grid that does not move with the view', () => {
    const places = stillPlaces({ start: 2, end: 4 }, 700, 100, track)
    const moved = stillPlaces({ start: 2.03, end: 4.03 }, 700, 100, track)
    expect(moved[1]).toEqual(places[1])
  })

  it('are single frames when zoomed in enough', () => {
    const places = stillPlaces({ start: 2, end: 2.28 }, 700, 100, track)
    expect(places.map(({ frame }) => frame)).toEqual([50, 51, 52, 53, 54, 55, 56])
  })

  it('cover the whole view without gaps', () => {
    for (const seconds of [0.24, 1, 3.3, 10]) {
      const places = stillPlaces({ start: 0, end: seconds }, 640, 90, track)
      expect(places[0]?.start).toBe(0)
      expect(places.at(-1)?.end).toBeGreaterThanOrEqual(seconds - 1e-9)
      for (const [index, place] of places.entries())
        if (index > 0) expect(place.start).toBeCloseTo(places[index - 1]?.end ?? -1, 9)
    }
  })
})
