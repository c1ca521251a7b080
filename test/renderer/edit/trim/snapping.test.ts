import { describe, expect, it } from 'vitest'
import {
  pointBeside,
  type SnapPoint,
  snapRange,
  snapTime,
} from '../../../../renderer/features/edit/trim/snapping'
import { snapGrip } from '../../../../renderer/features/edit/trim/use-strip-drag'

const track = { duration: 20, frameRate: 25 }
const scene = (time: number): SnapPoint => ({ time, kind: 'scene' })
const points = [scene(4), scene(4.6), scene(12)]

describe('a time that is dragged', () => {
  it.each([
    ['is drawn to a marker within reach', 4.1, 0.2, 4, 4],
    ['is drawn to the nearest of two', 4.4, 0.5, 4.6, 4.6],
    ['is put onto a frame where no marker is near', 7.03, 0.2, 7.04, null],
    ['is put onto a frame alone when snapping is off', 4.01, 0, 4, null],
    ['never leaves the clip', 33, 0.2, 20, null],
  ])('%s', (_, time, reach, put, to) => {
    const { time: found, point } = snapTime(time, points, reach, track)
    expect(found).toBeCloseTo(put, 9)
    expect(point?.time ?? null).toBe(to)
  })
})

describe('a stretch that is slid', () => {
  it.each([
    ['by its start', 3.9, 5, 4],
    ['by its end', 6.9, 5, 7],
    ['by the nearer end', 4.05, 8.05, 4],
    ['by none', 8, 2, 8],
  ])('meets a marker %s', (_, start, length, put) =>
    expect(snapRange(start, length, points, 0.2, track).time).toBeCloseTo(put, 9),
  )
})

describe('what the grips are drawn to', () => {
  const targets = { points, edges: [{ time: 2, kind: 'edge' as const }], reach: 0.2 }
  const held = { offset: 0, range: { start: 2, end: 8 }, head: 10 }

  it.each([
    ['a handle to a scene', 'in', 4.1, 4],
    ['a handle to the playhead', 'out', 9.9, 10],
    ['the playhead to a scene', 'head', 11.9, 12],
    ['the playhead to the edges of the part at hand', 'head', 2.1, 2],
    ['a handle not to its own edge', 'in', 2.12, 2.12],
    ['the playhead not to where it was', 'head', 9.88, 9.88],
  ] as const)('%s', (_, grip, time, put) =>
    expect(snapGrip({ ...held, grip }, time, track, targets).time).toBeCloseTo(put, 9),
  )
})

describe('the marker beside', () => {
  it.each([
    [0, 1, 4],
    [4, 1, 4.6],
    [4.01, -1, null],
    [12, -1, 4.6],
    [13, 1, null],
  ] as const)('from %d s in direction %d', (time, direction, expected) =>
    expect(pointBeside(time, points, direction, track)).toBe(expected),
  )
})
