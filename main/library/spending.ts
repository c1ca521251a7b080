import { z } from 'zod'
import { providerId, type SpendingTotal } from '../../preload/contract'
import type { Database } from '../database/database'

const bill = z.object({
  provider: providerId,
  at: z.number(),
  currency: z.string().nullable(),
  amount: z.number().nullable(),
  seconds: z.number().nullable(),
})
type Bill = z.infer<typeof bill>

/** The month of the person's calendar that a moment belongs to: '2026-11'. */
export const monthOf = (time: number): string => {
  const date = new Date(time)
  return `${date.getFullYear()}-${`${date.getMonth() + 1}`.padStart(2, '0')}`
}

/** Money to the thousandth of a cent, so that sums of binary fractions read well. */
const rounded = (amount: number): number => Math.round(amount * 1e5) / 1e5

const withBill = (total: SpendingTotal, { amount, seconds }: Bill): SpendingTotal => ({
  ...total,
  amount: rounded(total.amount + (amount ?? 0)),
  seconds: rounded(total.seconds + (seconds ?? 0)),
  edits: total.edits + 1,
  unknown: total.unknown + (amount === null ? 1 : 0),
})

/** Sums by month, the newest first, provider and currency; different currencies are never added. */
export const totalsOf = (bills: readonly Bill[]): SpendingTotal[] => {
  const totals = new Map<string, SpendingTotal>()
  for (const each of bills) {
    const { provider, currency } = each
    const month = monthOf(each.at)
    const name = `${month} ${provider} ${currency}`
    const none = { month, provider, currency, amount: 0, seconds: 0, edits: 0, unknown: 0 }
    totals.set(name, withBill(totals.get(name) ?? none, each))
  }
  return [...totals.values()].sort(
    (one, other) =>
      other.month.localeCompare(one.month) || one.provider.localeCompare(other.provider),
  )
}

/** What each provider billed by month, over all results that ever were here. */
export const spendingTotals = (database: Database): SpendingTotal[] =>
  totalsOf(database.rows(bill, 'SELECT provider, at, currency, amount, seconds FROM bills', {}))
