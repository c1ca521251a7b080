import type { Range } from '../../preload/contract'
import type { JobSpec } from './job-spec'

/** The most takes of one submission. */
export const mostTakes = 8

/**
 * The requests of a set: the same one with a seed of its own for each take, so that every take can be made again. The
 * seeds follow each other, from the chosen one or a random one.
 * @param seeds the seeds that the provider accepts
 * @param random a number from 0 to below 1
 */
export const takesOf = (
  spec: JobSpec,
  count: number,
  seeds: Range,
  random: () => number,
): JobSpec[] => {
  const room = seeds.max - seeds.min + 1
  const first = spec.options.seed ?? seeds.min + Math.floor(random() * room)
  // After the highest seed comes the lowest.
  const seedOf = (take: number) => seeds.min + ((first - seeds.min + take) % room)
  return Array.from({ length: count }, (_, take) => ({
    ...spec,
    options: { ...spec.options, seed: seedOf(take) },
  }))
}
