import type { TimeRun } from './iso/tracks'

/** Fraction by which a frame may differ from the typical duration: cameras round, and their clocks vary. */
const tolerance = 0.1
/** Fraction of frames that may differ by more: phones drop a frame now and then. */
const maxOutliers = 0.02

/** The median duration. */
const typicalDelta = (times: readonly TimeRun[], count: number): number => {
  const sorted = [...times].sort((a, b) => a.delta - b.delta)
  let seen = 0
  for (const run of sorted) {
    seen += run.count
    if (seen * 2 >= count) return run.delta
  }
  return 0
}

/** The duration of the last frame is ignored: writers fill in any value. */
const withoutLast = (times: readonly TimeRun[]): TimeRun[] => {
  const last = times.at(-1)
  if (!last) return []
  return [...times.slice(0, -1), { count: last.count - 1, delta: last.delta }].filter(
    (run) => run.count > 0,
  )
}

/** Whether frames have different durations, beyond what the clock of a camera causes. */
export const isVariable = (all: readonly TimeRun[]): boolean => {
  const times = withoutLast(all)
  const count = times.reduce((sum, run) => sum + run.count, 0)
  if (count < 2) return false
  const typical = typicalDelta(times, count)
  // A clock of 600 units per second cannot express 29.97 fps: a difference of one unit is rounding.
  const allowed = Math.max(1, typical * tolerance)
  const outliers = times.reduce(
    (sum, run) => sum + (Math.abs(run.delta - typical) > allowed ? run.count : 0),
    0,
  )
  return outliers > count * maxOutliers
}

/** Whether the average and the nominal frame rate differ, which suggests a variable rate if nothing better is known. */
export const ratesDiffer = (average: number | null, nominal: number | null): boolean =>
  average !== null &&
  nominal !== null &&
  average > 0 &&
  Math.abs(nominal - average) / average > 0.03

/** Seconds of the longest clip whose packets are read. Longer ones must be cut anyway. */
export const maxPacketSeconds = 30

/** ffprobe options that list the packets of a short clip. */
export const withPackets: readonly string[] = [
  ...['-show_entries', 'packet=stream_index,pts_time,duration_time'],
  ...['-read_intervals', `%+${maxPacketSeconds + 5}`],
]

/** Units per second in which durations are compared: containers round to milliseconds. */
const unit = 10_000

/**
 * What the times of all packets, in any order, tell about the timing of a video track. Null if fewer than 90 % of them
 * have a time. Seconds, frames per second.
 */
export const packetTimes = (
  packets: readonly { pts_time?: number | null; duration_time?: number | null }[],
) => {
  const shown = packets
    .flatMap(({ pts_time, duration_time }) =>
      typeof pts_time !== 'number' ? [] : [{ at: pts_time, lasts: duration_time ?? 0 }],
    )
    .sort((a, b) => a.at - b.at)
  const [first, last] = [shown[0], shown.at(-1)]
  if (!first || !last || shown.length < 2 || shown.length < packets.length * 0.9) return null
  const deltas = shown.slice(1).map(({ at }, index) => at - (shown[index]?.at ?? at))
  const typical = deltas.toSorted((a, b) => a - b)[Math.floor(deltas.length / 2)] ?? 0
  const duration = last.at - first.at + (last.lasts > 0 ? last.lasts : typical)
  const runs = [...deltas, typical].map((delta) => ({ count: 1, delta: Math.round(delta * unit) }))
  // Rounding to milliseconds changes a duration by up to one: that is no variable rate.
  const rounding = Math.abs(Math.max(...deltas) - Math.min(...deltas)) <= 0.0021
  return { duration, frameRate: shown.length / duration, variable: !rounding && isVariable(runs) }
}

export type PacketTimes = NonNullable<ReturnType<typeof packetTimes>>
