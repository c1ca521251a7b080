import { create } from 'zustand'
import { snapToFrame, type Track } from './trim-range'

/** A time that others snap to. Seconds. */
export interface SnapPoint {
  time: number
  kind: 'scene' | 'playhead' | 'edge'
}

/** A time on a frame boundary, and the point it snapped to. Seconds. */
export interface Snapped {
  time: number
  point: SnapPoint | null
}

/** The nearest point within `reach` seconds of a time; null when there is none. */
const nearestPoint = (
  time: number,
  points: readonly SnapPoint[],
  reach: number,
): SnapPoint | null => {
  const distance = (point: SnapPoint) => Math.abs(point.time - time)
  const near = points.filter((point) => distance(point) <= reach)
  return near.toSorted((a, b) => distance(a) - distance(b))[0] ?? null
}

/** Snaps a time to the nearest point within reach, else to the nearest frame. */
export const snapTime = (
  time: number,
  points: readonly SnapPoint[],
  reach: number,
  track: Track,
): Snapped => {
  const point = nearestPoint(time, points, reach)
  return { time: snapToFrame(point?.time ?? time, track), point }
}

/** Snaps a range of `length` seconds by the end that is nearer to a point. Gives the start of the range. */
export const snapRange = (
  start: number,
  length: number,
  points: readonly SnapPoint[],
  reach: number,
  track: Track,
): Snapped => {
  const first = snapTime(start, points, reach, track)
  const last = nearestPoint(start + length, points, reach)
  const byFirst = first.point ? Math.abs(first.point.time - start) : Number.POSITIVE_INFINITY
  return last && Math.abs(last.time - start - length) < byFirst
    ? { time: snapToFrame(last.time - length, track), point: last }
    : first
}

/** The next or previous point, at least half a frame away; null when there is none. */
export const pointBeside = (
  time: number,
  points: readonly SnapPoint[],
  direction: 1 | -1,
  track: Track,
): number | null => {
  const half = 0.5 / track.frameRate
  const times = points.map((point) => point.time).toSorted((a, b) => a - b)
  return (
    (direction > 0
      ? times.find((one) => one > time + half)
      : times.findLast((one) => one < time - half)) ?? null
  )
}

/** Whether snapping is on; the same for all clips until the app ends. */
export const useSnapping = create(() => true)

export const toggleSnapping = (): void => useSnapping.setState((on) => !on)
