import { expect, test } from 'vitest'
import { monthOf, totalsOf } from '../../main/library/spending'
import type { ProviderId } from '../../preload/contract'

const bill = (
  provider: ProviderId,
  month: number,
  amount: number | null,
  currency: string | null = 'USD',
) => ({
  provider,
  at: new Date(2026, month - 1, 15).getTime(),
  currency,
  amount,
  seconds: amount === null ? null : 10,
})

test('sums by month and provider, the newest month first', () => {
  const totals = totalsOf([
    bill('dashscope', 10, 0.1),
    bill('evolink', 11, 0.86),
    bill('dashscope', 11, 0.1),
    bill('dashscope', 11, 0.2),
  ])
  expect(totals).toMatchObject([
    { month: '2026-11', provider: 'dashscope', edits: 2, amount: 0.3, seconds: 20, unknown: 0 },
    { month: '2026-11', provider: 'evolink', edits: 1, amount: 0.86 },
    { month: '2026-10', provider: 'dashscope', edits: 1, amount: 0.1 },
  ])
})

test('never adds different currencies', () => {
  const totals = totalsOf([
    bill('dashscope', 11, 1),
    bill('dashscope', 11, 6, 'CNY'),
    bill('dashscope', 11, 2),
  ])
  expect(totals.map(({ currency, amount }) => [currency, amount])).toEqual([
    ['USD', 3],
    ['CNY', 6],
  ])
})

test('counts edits without a price', () => {
  const totals = totalsOf([bill('apiyi', 11, null, null), bill('apiyi', 11, null, null)])
  expect(totals).toMatchObject([{ currency: null, amount: 0, edits: 2, unknown: 2 }])
})

test.each([
  [new Date(2026, 0, 1), '2026-01'],
  [new Date(2026, 11, 31, 23, 59, 59), '2026-12'],
])('%s belongs to %s of the calendar', (date, month) => {
  expect(monthOf(date.getTime())).toBe(month)
})
