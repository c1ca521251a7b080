import { z } from 'zod'
import { providerId, type SpendingTotal } from '../../preload/contract'
import type { Database } from '../database/database'

const bill = z.object({
  provider: providerId,
  /** Milliseconds since the epoch. */
  at: z.number(),
  currency: z.string().nullable(),
  amount: z.number().nullable(),
  seconds: z.number().nullable(),
})

/** What one finished edit cost, as far as its provider said. */
export type Bill = z.infer<typeof bill>

/** The month of the computer's calendar that a moment belongs to: '2026-11'. */
export const monthOf = (time: number): string => {
  const date = new Date(time)
  return `${date.getFullYear()}-${`${date.getMonth() + 1}`.padStart(2, '0')}`
}

/** Thousandths of a cent, so that sums of binary fractions read well. */
const rounded = (value: number): number => Math.round(value * 1e5) / 1e5

/** Sums by month (the newest first), provider and currency: different currencies are never added. */
export const totalsOf = (bills: readonly Bill[]): SpendingTotal[] => {
  const totals = new Map<string, SpendingTotal>()
  for (const { provider, at, currency, amount, seconds } of bills) {
    const month = monthOf(at)
    const name = JSON.stringify([month, provider, currency])
    const before = totals.get(name)
    totals.set(name, {
      month,
      provider,
      currency,
      amount: rounded((before?.amount ?? 0) + (amount ?? 0)),
      seconds: rounded((before?.seconds ?? 0) + (seconds ?? 0)),
      edits: (before?.edits ?? 0) + 1,
      unknown: (before?.unknown ?? 0) + (amount === null ? 1 : 0),
    })
  }
  return [...totals.values()].sort(
    (one, other) =>
      other.month.localeCompare(one.month) || one.provider.localeCompare(other.provider),
  )
}

/** The totals of everything that was ever finished here; results in the trash were billed all the same. */
export const spendingTotals = (database: Database): SpendingTotal[] =>
  totalsOf(database.rows(bill, 'SELECT provider, at, currency, amount, seconds FROM bills'))
