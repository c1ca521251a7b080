import { describe, expect, it } from 'vitest'
import { closestView } from '../../../../renderer/features/edit/trim/filmstrip'
import {
  panned,
  positionIn,
  scrolledTo,
  zoomed,
} from '../../../../renderer/features/edit/trim/time-view'

describe('the visible time range', () => {
  it('keeps the position of the playhead when zoomed', () => {
    const view = zoomed({ start: 0, end: 40 }, 0.5, 10, 40)
    expect(view).toEqual({ start: 5, end: 25 })
    expect(positionIn(10, view)).toBe(positionIn(10, { start: 0, end: 40 }))
  })

  it('stays inside the clip', () => {
    expect(zoomed({ start: 30, end: 40 }, 8, 39, 40)).toEqual({ start: 0, end: 40 })
    expect(panned({ start: 30, end: 40 }, 20, 40)).toEqual({ start: 30, end: 40 })
    expect(panned({ start: 5, end: 15 }, -20, 40)).toEqual({ start: 0, end: 10 })
  })

  it('zooms in to single frames at most', () => {
    const track = { duration: 40, frameRate: 25 }
    const closest = closestView(700, 100, track)
    const view = zoomed({ start: 0, end: 40 }, 1e-6, 20, 40, closest)
    expect((view.end - view.start) * track.frameRate).toBeCloseTo(7, 6)
  })

  it.each([
    [12, { start: 10, end: 20 }],
    [25, { start: 16, end: 26 }],
    [3, { start: 2, end: 12 }],
    [40, { start: 30, end: 40 }],
  ])('follows a playhead at %d s', (time, view) =>
    expect(scrolledTo({ start: 10, end: 20 }, time, 40)).toEqual(view),
  )
})
