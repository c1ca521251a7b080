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
  ...['-show_entries', 'packet=stream_index,pts_time,dts_time,duration_time'],
  ...['-read_intervals', `%+${maxPacketSeconds + 5}`],
]

/** Units per second in which durations are compared: containers round to milliseconds. */
const unit = 10_000

/** One packet of a file, in the file's order. Seconds. */
interface Packet {
  pts_time?: number | null
  dts_time?: number | null
  duration_time?: number | null
}

/** In the order of their times. AVI states only when frames are decoded, not when they are shown. */
const timed = (packets: readonly Packet[]) => {
  const isShown = packets.some(({ pts_time }) => typeof pts_time === 'number')
  return packets
    .flatMap(({ pts_time, dts_time, duration_time }) => {
      const at = isShown ? pts_time : dts_time
      return typeof at === 'number' ? [{ at, lasts: duration_time ?? 0 }] : []
    })
    .sort((a, b) => a.at - b.at)
}

/** Times are printed to the microsecond, so that their difference is wrong by up to two. */
const exactly = (seconds: number) => Math.round(seconds * 1e5) / 1e5

/** When the first packet of a file begins, and how long it lasts. Null if it is longer than `maxPacketSeconds`. */
export const packetSpan = (packets: readonly Packet[]) => {
  const shown = timed(packets)
  const start = shown[0]?.at
  if (start === undefined) return null
  const end = shown.reduce((latest, { at, lasts }) => Math.max(latest, at + lasts), start)
  const seconds = exactly(end - start)
  return seconds > maxPacketSeconds ? null : { start, seconds }
}

/** Whether every packet says when it is shown, no two at the same time, and they are decoded in order. */
const timesRise = (packets: readonly Packet[]): boolean => {
  const shown = packets.map(({ pts_time }) => pts_time ?? null)
  const decoded = packets.flatMap(({ dts_time }) => dts_time ?? [])
  return (
    !shown.includes(null) &&
    new Set(shown).size === shown.length &&
    decoded.every((time, index) => index === 0 || time > (decoded[index - 1] ?? time))
  )
}

/**
 * What the times of all packets of a video track tell about its timing. Null if fewer than 90 % of them have a time.
 * Seconds, frames per second; `frameRate` is null for a single frame.
 */
export const packetTimes = (packets: readonly Packet[]) => {
  const shown = timed(packets)
  const [first, last] = [shown[0], shown.at(-1)]
  if (!first || !last || shown.length < packets.length * 0.9) return null
  const deltas = shown.slice(1).map(({ at }, index) => at - (shown[index]?.at ?? at))
  const typical = deltas.toSorted((a, b) => a - b)[Math.floor(deltas.length / 2)] ?? 0
  const duration = exactly(last.at - first.at + (last.lasts > 0 ? last.lasts : typical))
  const runs = [...deltas, typical].map((delta) => ({ count: 1, delta: Math.round(delta * unit) }))
  // Rounding to milliseconds changes a duration by up to one: that is no variable rate.
  const rounding = Math.abs(Math.max(...deltas) - Math.min(...deltas)) <= 0.0021
  return {
    start: first.at,
    duration,
    frameRate: shown.length > 1 ? shown.length / duration : null,
    variable: !rounding && isVariable(runs),
    timesRise: timesRise(packets),
  }
}

export type PacketTimes = NonNullable<ReturnType<typeof packetTimes>>
