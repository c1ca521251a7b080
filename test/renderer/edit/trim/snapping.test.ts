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

describe('a dragged time', () => {
  it.each([
    ['snaps to a marker within reach', 4.1, 0.2, 4, 4],
    ['snaps to the nearest of two markers', 4.4, 0.5, 4.6, 4.6],
    ['snaps to a frame when no marker is near', 7.03, 0.2, 7.04, null],
    ['snaps to frames only when snapping is off', 4.01, 0, 4, null],
    ['stays inside the clip', 33, 0.2, 20, null],
  ])('%s', (_, time, reach, put, to) => {
    const { time: found, point } = snapTime(time, points, reach, track)
    expect(found).toBeCloseTo(put, 9)
    expect(point?.time ?? null).toBe(to)
  })
})

describe('a dragged range', () => {
  it.each([
    ['by its start', 3.9, 5, 4],
    ['by its end', 6.9, 5, 7],
    ['by the nearer end', 4.05, 8.05, 4],
    ['at neither end when none is near', 8, 2, 8],
  ])('snaps to a marker %s', (_, start, length, put) =>
    expect(snapRange(start, length, points, 0.2, track).time).toBeCloseTo(put, 9),
  )
})

describe('what a grip snaps to', () => {
  const targets = { points, edges: [{ time: 2, kind: 'edge' as const }], reach: 0.2 }
  const held = { offset: 0, range: { start: 2, end: 8 }, head: 10 }

  it.each([
    ['a handle to a scene', 'in', 4.1, 4],
    ['a handle to the playhead', 'out', 9.9, 10],
    ['the playhead to a scene', 'head', 11.9, 12],
    ['the playhead to the edges of the current part', 'head', 2.1, 2],
    ['a handle not to its own edge', 'in', 2.12, 2.12],
    ['the playhead not to its old place', 'head', 9.88, 9.88],
  ] as const)('%s', (_, grip, time, put) =>
    expect(snapGrip({ ...held, grip }, time, track, targets).time).toBeCloseTo(put, 9),
  )
})

describe('the next marker', () => {
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
