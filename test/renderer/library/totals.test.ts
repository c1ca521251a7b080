import { expect, it } from 'vitest'
import type { SpendingTotal } from '../../../preload/contract'
import {
  byMonth,
  monthOf,
  sumsOf,
  withoutSandbox,
} from '../../../renderer/features/library/totals-button'

const total = (
  month: string,
  provider: SpendingTotal['provider'],
  amount: number,
  currency: string | null = 'USD',
): SpendingTotal => ({ month, provider, currency, amount, seconds: 10, edits: 1, unknown: 0 })

const totals = [
  total('2026-11', 'aivideoapi', 240, 'credits'),
  total('2026-11', 'apiyi', 0.84),
  total('2026-11', 'dashscope', 4.2),
  total('2026-11', 'dashscope-cn', 0, null),
  total('2026-11', 'sandbox', 0),
  total('2026-10', 'dashscope', 1),
]

it('sums a month by currency', () => {
  expect(sumsOf(totals, '2026-11')).toEqual([
    { currency: 'credits', amount: 240 },
    { currency: 'USD', amount: 5.04 },
  ])
  expect(sumsOf(totals, '2026-09')).toEqual([])
})

it('leaves out the Sandbox, which is free', () => {
  expect(withoutSandbox(totals).some(({ provider }) => provider === 'sandbox')).toBe(false)
  expect(withoutSandbox(totals)).toHaveLength(5)
})

it('keeps the order of months and providers', () => {
  const months = byMonth(withoutSandbox(totals))
  expect(months.map(([month, ofMonth]) => [month, ofMonth.length])).toEqual([
    ['2026-11', 4],
    ['2026-10', 1],
  ])
})

it('gives the month of the calendar', () => {
  expect(monthOf(new Date(2026, 0, 31, 23).getTime())).toBe('2026-01')
})
