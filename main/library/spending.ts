import { z } from 'zod'
import { providerId, type SpendingTotal } from '../../preload/contract'
import type { Database } from '../database/database'
import { localDate } from './file-name'

const bill = z.object({
  provider: providerId,
  /** Milliseconds since the epoch. */
  at: z.number(),
  currency: z.string().nullable(),
  amount: z.number().nullable(),
  seconds: z.number().nullable(),
})

/** The cost of a finished edit; null where the provider does not report it. */
export type Bill = z.infer<typeof bill>

/** The local month of a time (ms since the epoch): '2026-11'. */
export const monthOf = (time: number): string => localDate(time).slice(0, 7)

/** Rounded to thousandths of a cent, which removes floating-point noise. */
const rounded = (value: number): number => Math.round(value * 1e5) / 1e5

/** Sums by month (newest first), provider and currency. */
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

/** The totals of all edits ever finished in this home, with deleted results. */
export const spendingTotals = (database: Database): SpendingTotal[] =>
  totalsOf(database.rows(bill, 'SELECT provider, at, currency, amount, seconds FROM bills'))
