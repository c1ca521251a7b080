import { isVariable } from './frame-times'

/** What the packets of a picture say of its time, where the container has no index that does. Seconds. */
export interface PacketTimes {
  duration: number
  frameRate: number
  variable: boolean
}

/** Seconds of the longest clip whose packets are read: longer ones have to be cut anyway. */
export const longestRead = 30

/** Frames are compared in ten-thousandths of a second: containers round to milliseconds. */
const unit = 10_000

/** From the times of all packets, in any order. Null where too few have one. Pure. */
export const packetTimes = (
  packets: readonly { pts_time?: number | null; duration_time?: number | null }[],
): PacketTimes | null => {
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
  // Milliseconds round by up to a whole one: that alone is no change of rate.
  const rounding = Math.abs(Math.max(...deltas) - Math.min(...deltas)) <= 0.0021
  return {
    duration,
    frameRate: shown.length / duration,
    variable: !rounding && isVariable(runs),
  }
}

/** Options that make ffprobe tell of packets as well, as far as a short clip goes. */
export const withPackets: readonly string[] = [
  '-show_entries',
  'packet=stream_index,pts_time,duration_time',
  '-read_intervals',
  `%+${longestRead + 5}`,
]
