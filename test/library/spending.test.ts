import { expect, test } from 'vitest'
import { monthOf, type SpentEdit, spendingOf } from '../../main/library/spending'
import type { ProviderId } from '../../preload/contract'

const at = (month: number, day = 15) => new Date(2026, month - 1, day).getTime()

const billed = (amount: number | null, currency = 'USD') => ({
  seconds: 10,
  input: null,
  output: null,
  currency,
  amount,
})
const estimate = (amount: number, currency = 'USD') => ({
  currency,
  amount,
  seconds: { input: 5, output: 5, billed: 10 },
  bills: 'input+output' as const,
})
const edit = (
  provider: ProviderId,
  submittedAt: number,
  more: Partial<SpentEdit> = {},
): SpentEdit => ({
  provider,
  submittedAt,
  billed: null,
  estimate: null,
  ...more,
})

test('sums by month and provider, the newest month first', () => {
  const rows = spendingOf([
    edit('dashscope', at(10), { billed: billed(0.1) }),
    edit('dashscope', at(11), { billed: billed(0.1) }),
    edit('dashscope', at(11), { billed: billed(0.2), estimate: estimate(5) }),
    edit('evolink', at(11), { billed: billed(0.86) }),
  ])
  expect(
    rows.map(({ month, provider, edits, billed }) => [month, provider, edits, billed]),
  ).toEqual([
    ['2026-11', 'dashscope', 2, [{ currency: 'USD', amount: 0.3 }]],
    ['2026-11', 'evolink', 1, [{ currency: 'USD', amount: 0.86 }]],
    ['2026-10', 'dashscope', 1, [{ currency: 'USD', amount: 0.1 }]],
  ])
  expect(rows.flatMap(({ estimated }) => estimated)).toEqual([])
})

test('never adds different currencies', () => {
  const [row] = spendingOf([
    edit('dashscope', at(11), { billed: billed(1) }),
    edit('dashscope', at(11), { billed: billed(6, 'CNY') }),
    edit('dashscope', at(11), { billed: billed(2) }),
  ])
  expect(row?.billed).toEqual([
    { currency: 'USD', amount: 3 },
    { currency: 'CNY', amount: 6 },
  ])
})

test('what a service did not say is summed apart', () => {
  const [row] = spendingOf([
    edit('aivideoapi', at(11), { estimate: estimate(120, 'credits') }),
    edit('aivideoapi', at(11), { billed: billed(null), estimate: estimate(72, 'credits') }),
    edit('aivideoapi', at(11)),
  ])
  expect(row).toMatchObject({
    edits: 3,
    billed: [],
    estimated: [{ currency: 'credits', amount: 192 }],
  })
})

test.each([
  [new Date(2026, 0, 1), '2026-01'],
  [new Date(2026, 11, 31, 23, 59, 59), '2026-12'],
])('%s belongs to %s of the computer’s calendar', (date, month) => {
  expect(monthOf(date.getTime())).toBe(month)
})
