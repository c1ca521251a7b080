import { describe, expect, it } from 'vitest'
import {
  beforeTime,
  type CompareMode,
  type Correction,
  clipOfBefore,
  correction,
  dividerAt,
  dividerByKey,
  fitFrame,
  stepFrame,
  toggleMode,
} from '../../../renderer/features/library/compare'

describe('the divider', () => {
  it.each([
    [100, 0],
    [350, 0.25],
    [1100, 1],
    [0, 0],
    [5000, 1],
  ])('for a pointer at %i px is at %d', (x, at) => {
    expect(dividerAt(x, { left: 100, width: 1000 })).toBe(at)
  })

  it('is in the middle of a frame without width', () => {
    expect(dividerAt(10, { left: 0, width: 0 })).toBe(0.5)
  })

  it.each<[number, string, boolean, number | null]>([
    [0.5, 'ArrowLeft', false, 0.48],
    [0.5, 'ArrowRight', true, 0.6],
    [0.01, 'ArrowLeft', false, 0],
    [0.95, 'ArrowRight', true, 1],
    [0.5, 'Home', false, 0],
    [0.5, 'End', false, 1],
    [0.5, 'x', false, null],
  ])('moves from %d with %s (shift: %s) to %s', (from, key, shift, to) => {
    const moved = dividerByKey(from, key, shift)
    if (to === null) expect(moved).toBeNull()
    else expect(moved).toBeCloseTo(to)
  })

  it.each<[CompareMode, number, string]>([
    ['split', 0.25, 'inset(0 75.000% 0 0)'],
    ['before', 0.25, 'inset(0 0.000% 0 0)'],
    ['after', 0.25, 'inset(0 100.000% 0 0)'],
  ])('clips the source in mode %s', (mode, divider, clip) => {
    expect(clipOfBefore(mode, divider)).toBe(clip)
  })
})

describe('toggleMode', () => {
  it.each<[CompareMode, CompareMode, CompareMode]>([
    ['split', 'before', 'before'],
    ['before', 'before', 'split'],
    ['split', 'after', 'after'],
    ['after', 'after', 'split'],
    ['before', 'after', 'after'],
    ['split', 'split', 'after'],
    ['after', 'split', 'split'],
  ])('from %s with the shortcut of %s to %s', (mode, pressed, to) => {
    expect(toggleMode(mode, pressed)).toBe(to)
  })
})

describe('fitFrame', () => {
  it.each([
    [
      'a wide result in a wide stage',
      { width: 1600, height: 900 },
      { width: 1280, height: 720 },
      [1600, 900],
    ],
    [
      'a tall result in a wide stage',
      { width: 1600, height: 900 },
      { width: 720, height: 1280 },
      [506, 900],
    ],
    [
      'a wide result in a narrow stage',
      { width: 400, height: 900 },
      { width: 1280, height: 720 },
      [400, 225],
    ],
    ['nothing known yet', { width: 400, height: 300 }, { width: 0, height: 0 }, [400, 300]],
  ])('fits %s', (_what, stage, content, [width, height]) => {
    expect(fitFrame(stage, content)).toEqual({ width, height })
  })
})

describe('one clock for two videos', () => {
  it.each([
    [1, 6, 1],
    [6, 4, 3.96],
    [1, Number.NaN, 1],
    [-1, 6, 0],
  ])('at %d s a source of %d s is at %d s', (time, duration, at) => {
    expect(beforeTime(time, duration)).toBeCloseTo(at)
  })

  it.each<[number, number, boolean, Correction['do']]>([
    [2, 2.01, true, 'nothing'],
    [2, 1.97, true, 'rate'],
    [2, 1.9, true, 'rate'],
    [2, 2.1, true, 'rate'],
    [2, 1, true, 'seek'],
    [2, 2.01, false, 'seek'],
    [2, 2, false, 'nothing'],
  ])('clock %d, follower %d, playing %s: %s', (clock, follower, playing, what) => {
    expect(correction(clock, follower, playing).do).toBe(what)
  })

  it('plays faster when late and slower when early, by too little to see', () => {
    const late = correction(2, 1.8, true)
    const early = correction(2, 2.2, true)
    expect(late.do === 'rate' && late.rate).toBeGreaterThan(1)
    expect(early.do === 'rate' && early.rate).toBeLessThan(1)
    for (const answer of [late, early])
      if (answer.do === 'rate') expect(Math.abs(answer.rate - 1)).toBeLessThanOrEqual(0.16)
  })

  it('steps by frames within the clip', () => {
    expect(stepFrame(1, 5, 3)).toBeCloseTo(1.1)
    expect(stepFrame(0, 5, -1)).toBe(0)
    expect(stepFrame(4.99, 5, 10)).toBeCloseTo(4.999)
  })
})
