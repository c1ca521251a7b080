import { describe, expect, it } from 'vitest'
import {
  asSelection,
  lengthState,
  movedTo,
  rangeOf,
  snapToFrame,
  suggestedTrim,
  windowAt,
  withEnd,
  withStart,
} from '../../../../renderer/features/edit/trim/trim-range'
import { draggedRange } from '../../../../renderer/features/edit/trim/use-strip-drag'

const long = { duration: 42, frameRate: 25 }
const brief = { duration: 1.2, frameRate: 25 }

describe('the ends of a selection', () => {
  it.each([
    ['an in point inside', { start: 0, end: 8 }, 3, { start: 3, end: 8 }],
    [
      'an in point far before the out point: the out point follows',
      { start: 20, end: 28 },
      4,
      { start: 4, end: 14 },
    ],
    ['an in point after the out point', { start: 0, end: 8 }, 12, { start: 12, end: 14 }],
    ['an in point at the very end', { start: 0, end: 8 }, 42, { start: 40, end: 42 }],
    ['an in point before the clip', { start: 5, end: 9 }, -3, { start: 0, end: 9 }],
    ['an in point between two frames', { start: 0, end: 8 }, 3.03, { start: 3.04, end: 8 }],
  ])('%s', (_, range, time, expected) => {
    const moved = withStart(range, time, long)
    expect(moved.start).toBeCloseTo(expected.start, 6)
    expect(moved.end).toBeCloseTo(expected.end, 6)
  })

  it.each([
    ['an out point inside', { start: 2, end: 8 }, 6, { start: 2, end: 6 }],
    [
      'an out point far after the in point: the in point follows',
      { start: 2, end: 8 },
      30,
      { start: 20, end: 30 },
    ],
    ['an out point before the in point', { start: 10, end: 15 }, 4, { start: 2, end: 4 }],
    ['an out point at the very start', { start: 10, end: 15 }, 0, { start: 0, end: 2 }],
    ['an out point past the clip', { start: 38, end: 41 }, 99, { start: 38, end: 42 }],
  ])('%s', (_, range, time, expected) => {
    expect(withEnd(range, time, long)).toEqual(expected)
  })

  it('stay 2 to 10 seconds apart for any time', () => {
    for (let time = -5; time < 50; time += 0.37) {
      for (const moved of [
        withStart({ start: 10, end: 15 }, time, long),
        withEnd({ start: 10, end: 15 }, time, long),
        windowAt(time, time, long),
      ]) {
        expect(lengthState(moved.end - moved.start)).toBe('ok')
        expect(moved.start).toBeGreaterThanOrEqual(0)
        expect(moved.end).toBeLessThanOrEqual(long.duration)
      }
    }
  })

  it('select the whole clip when it is shorter than the model needs', () => {
    expect(withStart({ start: 0, end: 1.2 }, 0.8, brief)).toEqual({ start: 0, end: 1.2 })
    expect(lengthState(1.2)).toBe('too-short')
    expect(lengthState(1.2, true)).toBe('ok')
    expect(lengthState(11, true)).toBe('too-long')
  })
})

describe('a selection as a whole', () => {
  it('moves without changing its length, up to the end', () => {
    expect(movedTo({ start: 3, end: 8 }, 10, long)).toEqual({ start: 10, end: 15 })
    expect(movedTo({ start: 3, end: 8 }, 60, long)).toEqual({ start: 37, end: 42 })
    expect(movedTo({ start: 3, end: 8 }, -2, long)).toEqual({ start: 0, end: 5 })
  })

  it.each([
    ['in', 12, { start: 12, end: 17 }],
    ['out', 12, { start: 7, end: 12 }],
    ['window', 12, { start: 11, end: 16 }],
  ] as const)('keeps a fixed length when %s is dragged', (grip, time, expected) => {
    const held = { grip, offset: 1, range: { start: 3, end: 8 } }
    expect(draggedRange(held, time, long, 5)).toEqual(expected)
  })

  it('is suggested from the playhead, earlier near the end of the clip', () => {
    expect(suggestedTrim(5, long)).toEqual({ start: 5, end: 15 })
    expect(suggestedTrim(37, long)).toEqual({ start: 32, end: 42 })
    expect(suggestedTrim(42, long)).toEqual({ start: 0, end: 10 })
    expect(suggestedTrim(0, { duration: 6, frameRate: 25 })).toEqual({ start: 0, end: 6 })
  })

  it('ends on a frame boundary with an allowed length at any frame rate', () => {
    for (const frameRate of [24000 / 1001, 24, 25, 30000 / 1001, 59.94])
      for (const length of [2, 5, 10]) {
        const { start, end } = windowAt(3.3, length, { duration: 42, frameRate })
        expect(lengthState(end - start)).toBe('ok')
        expect(Math.abs(end * frameRate - Math.round(end * frameRate))).toBeLessThan(1e-6)
      }
  })

  it('is null when it covers the whole clip', () => {
    expect(asSelection({ start: 0, end: 42 }, long)).toBeNull()
    expect(asSelection({ start: 0, end: 41.9 }, long)).toEqual({ start: 0, end: 41.9 })
    expect(rangeOf(null, long)).toEqual({ start: 0, end: 42 })
  })
})

describe('lengths', () => {
  it.each([
    [1.99, 'too-short'],
    [2, 'ok'],
    [10, 'ok'],
    [10.0004, 'ok'],
    [10.04, 'too-long'],
  ] as const)('%d s is %s', (seconds, state) => expect(lengthState(seconds)).toBe(state))

  it('snap to frames of any frame rate', () => {
    expect(snapToFrame(1.005, { duration: 6, frameRate: 30000 / 1001 })).toBeCloseTo(1.001, 3)
    expect(snapToFrame(99, { duration: 6, frameRate: 25 })).toBe(6)
  })
})
