/** Random numbers from a seed (mulberry32): equal seeds give equal numbers. */
export interface Random {
  /** From 0 up to, but not including, 1. */
  next: () => number
  /** A whole number from `from` to `to`, both included. */
  whole: (from: number, to: number) => number
  pick: <T>(values: readonly [T, ...T[]]) => T
  /** True with this probability. */
  chance: (probability: number) => boolean
}

export const randomFrom = (seed: number): Random => {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const whole = (from: number, to: number) => from + Math.floor(next() * (to - from + 1))
  return {
    next,
    whole,
    pick: (values) => values[whole(0, values.length - 1)] ?? values[0],
    chance: (probability) => next() < probability,
  }
}

/** The seed of this run and the factor of its length. `npm run fuzz` sets both. */
export const fuzzSeed = Number(process.env['FUZZ_SEED'] ?? 1)
export const fuzzFactor = Number(process.env['FUZZ_FACTOR'] ?? 1)
