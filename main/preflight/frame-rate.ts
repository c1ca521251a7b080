/** Frames per second as a fraction, which states 29.97 exactly. */
export interface FrameRate {
  numerator: number
  denominator: number
}

/** Ascending. */
const usual: readonly FrameRate[] = [
  { numerator: 24_000, denominator: 1001 },
  ...[12, 15, 20, 24, 25].map((numerator) => ({ numerator, denominator: 1 })),
  { numerator: 30_000, denominator: 1001 },
  ...[30, 48, 50].map((numerator) => ({ numerator, denominator: 1 })),
  { numerator: 60_000, denominator: 1001 },
  ...[60, 90, 100, 120, 240].map((numerator) => ({ numerator, denominator: 1 })),
]

export const framesPerSecond = ({ numerator, denominator }: FrameRate): number =>
  numerator / denominator

const distance = (rate: FrameRate, measured: number) => Math.abs(framesPerSecond(rate) - measured)

/** The constant rate for a measured average: a usual rate within half a percent, else the average itself. */
export const constantRate = (measured: number, max = Number.POSITIVE_INFINITY): FrameRate => {
  if (measured > max) return { numerator: max, denominator: 1 }
  const [nearest] = [...usual].sort((a, b) => distance(a, measured) - distance(b, measured))
  if (nearest && distance(nearest, measured) <= measured * 0.005) return nearest
  return { numerator: Math.max(1, Math.round(measured * 1000)), denominator: 1000 }
}

/** Below this, motion looks broken. Frames per second. */
const smooth = 30

/**
 * The constant rate for a clip whose rate varies: the first usual rate that keeps all of its motion.
 * The average is too low: a screen recording stands still for seconds and then moves at full speed.
 */
export const smoothRate = (average: number, max = Number.POSITIVE_INFINITY): FrameRate => {
  const wanted = Math.max(average * 0.995, smooth)
  const found = usual.find((rate) => framesPerSecond(rate) >= wanted)
  return found && framesPerSecond(found) <= max ? found : constantRate(average, max)
}
