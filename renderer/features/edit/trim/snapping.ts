import { useSyncExternalStore } from 'react'
import { snapToFrame, type Track } from './trim-range'

/** A time that others are drawn to, in seconds. */
export interface SnapPoint {
  time: number
  kind: 'scene' | 'playhead' | 'edge'
}

/** What was asked for, put onto a frame, and the point it was drawn to. */
export interface Snapped {
  time: number
  point: SnapPoint | null
}

/** The point nearest to a time that is no further than `reach` seconds; null when there is none. */
const nearestPoint = (
  time: number,
  points: readonly SnapPoint[],
  reach: number,
): SnapPoint | null => {
  let nearest: SnapPoint | null = null
  for (const point of points) {
    const distance = Math.abs(point.time - time)
    if (distance <= reach && (!nearest || distance < Math.abs(nearest.time - time))) nearest = point
  }
  return nearest
}

/** Puts a time onto the nearest point within reach, else onto the nearest frame. */
export const snapTime = (
  time: number,
  points: readonly SnapPoint[],
  reach: number,
  track: Track,
): Snapped => {
  const point = nearestPoint(time, points, reach)
  return { time: snapToFrame(point?.time ?? time, track), point }
}

/** Slides a stretch of `length` seconds so that the nearer of its ends meets a point. */
export const snapStretch = (
  start: number,
  length: number,
  points: readonly SnapPoint[],
  reach: number,
  track: Track,
): Snapped => {
  const first = nearestPoint(start, points, reach)
  const last = nearestPoint(start + length, points, reach)
  const byFirst = first ? Math.abs(first.time - start) : Number.POSITIVE_INFINITY
  const byLast = last ? Math.abs(last.time - start - length) : Number.POSITIVE_INFINITY
  if (!first && !last) return { time: snapToFrame(start, track), point: null }
  return byFirst <= byLast
    ? { time: snapToFrame(first?.time ?? start, track), point: first }
    : { time: snapToFrame((last?.time ?? start) - length, track), point: last }
}

/** The next point after a time, or the one before it; null when there is none. */
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

let on = true
const listeners = new Set<() => void>()

/** Turns snapping on or off, for every clip of this run. */
export const toggleSnapping = (): void => {
  on = !on
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** Whether handles and playhead are drawn to scenes, edges and the playhead. */
export const useSnapping = (): boolean => useSyncExternalStore(subscribe, () => on)
