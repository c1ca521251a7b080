import { describe, expect, it } from 'vitest'
import type { Estimate } from '../../../../preload/contract'
import { sumEstimates } from '../../../../renderer/features/edit/submit/cost-line'

const estimate = (seconds: number, part: Partial<Estimate> = {}): Estimate => ({
  currency: 'USD',
  bills: 'input+output',
  amount: seconds * 0.2,
  seconds: { input: seconds, output: seconds, billed: seconds * 2 },
  ...part,
})

describe('the cost of several edits', () => {
  it('is empty for no edits', () => expect(sumEstimates([])).toEqual([]))

  it('is one sum for one currency', () => {
    expect(sumEstimates([estimate(3), estimate(4.4), estimate(0.1)])).toEqual([
      { ...estimate(7.5), amount: 1.5 },
    ])
  })

  it('keeps currencies apart', () => {
    const credits = { currency: 'credits', amount: 40 }
    const sums = sumEstimates([estimate(3), estimate(2, credits), estimate(5, credits)])
    expect(sums.map(({ currency, amount }) => [currency, amount])).toEqual([
      ['USD', 0.6000000000000001],
      ['credits', 80],
    ])
  })

  it('adds up the second currency and the upper bound', () => {
    const [sum] = sumEstimates([
      estimate(2, { also: { currency: 'credits', amount: 20 }, amountUpTo: 0.8 }),
      estimate(3, { also: { currency: 'credits', amount: 30 } }),
    ])
    expect(sum?.also).toEqual({ currency: 'credits', amount: 50 })
    expect(sum?.amountUpTo).toBeCloseTo(1.4, 9)
  })
})
