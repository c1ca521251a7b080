import { describe, expect, it } from 'vitest'
import { parseTime } from '../../../renderer/features/edit/trim/parse-time'
import { panned, positionIn, zoomed } from '../../../renderer/features/edit/trim/time-view'
import { formatTimecode } from '../../../renderer/format'

describe('typed times', () => {
  it.each([
    ['1.2', 1.2],
    ['1,2', 1.2],
    [' 7 s ', 7],
    ['7 秒', 7],
    ['.5', 0.5],
    ['00:01.200', 1.2],
    ['1:02', 62],
    ['1:02:03.5', 3723.5],
    ['', null],
    ['abc', null],
    ['1.2.3', null],
    ['-4', null],
    ['1:2:3:4', null],
  ])('%s', (typed, seconds) => expect(parseTime(typed)).toBe(seconds))

  it('reads back every timecode it writes', () => {
    for (const seconds of [0, 0.04, 1.2, 59.999, 60, 3599.96, 3723.5])
      expect(parseTime(formatTimecode(seconds))).toBeCloseTo(seconds, 3)
  })
})

describe('the part of time in view', () => {
  it('stays around the playhead when it is zoomed', () => {
    const view = zoomed({ start: 0, end: 40 }, 0.5, 10, 40)
    expect(view).toEqual({ start: 5, end: 25 })
    expect(positionIn(10, view)).toBe(positionIn(10, { start: 0, end: 40 }))
  })

  it('never leaves the clip', () => {
    expect(zoomed({ start: 30, end: 40 }, 8, 39, 40)).toEqual({ start: 0, end: 40 })
    expect(panned({ start: 30, end: 40 }, 20, 40)).toEqual({ start: 30, end: 40 })
    expect(panned({ start: 5, end: 15 }, -20, 40)).toEqual({ start: 0, end: 10 })
    expect(zoomed({ start: 0, end: 1 }, 0.01, 0.5, 40).end).toBeLessThan(1)
  })
})
