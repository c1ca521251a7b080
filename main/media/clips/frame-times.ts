import type { TimeRun } from './iso/tracks'

/** Of how much a frame may last longer or shorter than the typical one: cameras round and tremble. */
const tolerance = 0.1
/** Of how many frames may be further off than that: a phone drops one now and then. */
const strays = 0.02

/** The duration that half of all frames do not exceed. */
const typicalDelta = (times: readonly TimeRun[], count: number): number => {
  const sorted = [...times].sort((a, b) => a.delta - b.delta)
  let seen = 0
  for (const run of sorted) {
    seen += run.count
    if (seen * 2 >= count) return run.delta
  }
  return 0
}

/** The last frame's duration says nothing: writers fill it in as they like. */
const withoutLast = (times: readonly TimeRun[]): TimeRun[] => {
  const last = times.at(-1)
  if (!last) return []
  return [...times.slice(0, -1), { count: last.count - 1, delta: last.delta }].filter(
    (run) => run.count > 0,
  )
}

/** Whether the frames of a track last differently, beyond what a camera's clock does. */
export const isVariable = (all: readonly TimeRun[]): boolean => {
  const times = withoutLast(all)
  const count = times.reduce((sum, run) => sum + run.count, 0)
  if (count < 2) return false
  const typical = typicalDelta(times, count)
  // A clock of 600 a second cannot say 29.97: one unit more or less is rounding.
  const allowed = Math.max(1, typical * tolerance)
  const off = times.reduce(
    (sum, run) => sum + (Math.abs(run.delta - typical) > allowed ? run.count : 0),
    0,
  )
  return off > count * strays
}

/** Whether an average and a nominal rate tell of frames that last differently, where nothing better is known. */
export const ratesDiffer = (average: number | null, nominal: number | null): boolean =>
  average !== null &&
  nominal !== null &&
  average > 0 &&
  Math.abs(nominal - average) / average > 0.03
