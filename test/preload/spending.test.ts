import { expect, test } from 'vitest'
import { aboveLimit, type Estimate, spendingLimits } from '../../preload/contract'

type Priced = Pick<Estimate, 'currency' | 'amount' | 'amountUpTo' | 'also'>

const usual = spendingLimits.parse({})
const usd = (amount: number, amountUpTo?: number): Priced => ({
  currency: 'USD',
  amount,
  ...(amountUpTo ? { amountUpTo } : {}),
})
const credits = (amount: number): Priced => ({
  currency: 'credits',
  amount,
  also: { currency: 'USD', amount: amount * 0.005 },
})
const yuan = (amount: number): Priced => ({ currency: 'CNY', amount })
const dollarsAsCredits: Priced = { ...usd(1), also: { currency: 'credits', amount: 68 } }

test.each<[string, Priced[], Partial<typeof usual>, string | null]>([
  ['nothing', [], {}, null],
  ['a free edit', [usd(0)], { USD: 0.01 }, null],
  ['the limit itself', [usd(5)], {}, null],
  ['… as the sum of many edits', Array.from({ length: 50 }, () => usd(0.1)), {}, null],
  ['a cent more', [usd(5.01)], {}, 'USD'],
  ['several edits that exceed it together', [usd(3), usd(3)], {}, 'USD'],
  ['an amount that may rise above it', [usd(2.6, 5.2)], {}, 'USD'],
  ['no limit', [usd(500)], { USD: null }, null],
  ['another currency', [yuan(6)], {}, null],
  ['… above its own limit', [yuan(36)], {}, 'CNY'],
  ['credits', [credits(1001)], { USD: null }, 'credits'],
  ['credits by their value in dollars', [credits(400)], { USD: 1, credits: null }, 'USD'],
  ['dollars that are also given in credits', [dollarsAsCredits], { credits: 10 }, null],
])('%s', (_, estimates, limits, unit) => {
  expect(aboveLimit(estimates, { ...usual, ...limits })?.unit ?? null).toBe(unit)
})

test('the default limits are above the cost of any single edit', () => {
  for (const one of [usd(3), usd(1.4, 2.8), yuan(20), credits(400)])
    expect(aboveLimit([one], usual)).toBeNull()
})
