import { expect, it } from 'vitest'
import { mostTakes, takesOf } from '../../main/edits/takes'
import { providerRows } from '../../preload/contract'
import { createJobsWorld } from '../support/jobs-world'

const seeds = { min: 1, max: 2_147_483_647 }

const seedsOf = (count: number, seed: number | null, random: number, range = seeds) => {
  const given = createJobsWorld().spec()
  const spec = { ...given, options: { ...given.options, seed } }
  const takes = takesOf(spec, count, range, () => random)
  // Takes differ by nothing but their seeds.
  for (const take of takes) expect({ ...take, options: { ...take.options, seed } }).toEqual(spec)
  return takes.map(({ options }) => options.seed)
}

it('every take has a seed of its own, which follows the chosen one', () => {
  expect(seedsOf(4, 7, 0.5)).toEqual([7, 8, 9, 10])
  expect(seedsOf(1, 7, 0.5)).toEqual([7])
})

it('a seed is chosen where a person chose none', () => {
  expect(seedsOf(3, null, 0)).toEqual([1, 2, 3])
  expect(seedsOf(2, null, 0.999_999_999_9)).toEqual([2_147_483_647, 1])
})

it('seeds stay within what the service accepts', () => {
  for (const { modes } of Object.values(providerRows)) {
    const range = modes.edit?.limits.seed ?? seeds
    for (const random of [0, 0.3, 0.999_999_999_99]) {
      const chosen = seedsOf(mostTakes, null, random, range)
      expect(new Set(chosen).size).toBe(mostTakes)
      for (const seed of chosen)
        expect(seed).toSatisfy((one: number) => one >= range.min && one <= range.max)
    }
  }
})
