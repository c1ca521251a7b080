import type { SpendingTotal } from '../../../preload/contract'

/** The month of the computer's calendar that a moment belongs to: '2026-11'. */
export const monthOf = (time: number): string => {
  const date = new Date(time)
  return `${date.getFullYear()}-${`${date.getMonth() + 1}`.padStart(2, '0')}`
}

/** What is worth showing: the Sandbox is free. */
export const worthShowing = (totals: readonly SpendingTotal[]): SpendingTotal[] =>
  totals.filter(({ provider }) => provider !== 'sandbox')

/** An amount of an ISO 4217 currency, or of 'credits'. */
export interface Sum {
  currency: string
  amount: number
}

/** What was billed in one month over all providers, a sum for each currency. */
export const sumsOf = (totals: readonly SpendingTotal[], month: string): Sum[] => {
  const sums = new Map<string, number>()
  for (const { month: of, currency, amount } of totals)
    if (of === month && currency !== null && amount > 0)
      sums.set(currency, (sums.get(currency) ?? 0) + amount)
  return [...sums].map(([currency, amount]) => ({ currency, amount }))
}

/** The totals by month, as they come: newest first. */
export const byMonth = (
  totals: readonly SpendingTotal[],
): { month: string; totals: SpendingTotal[] }[] => {
  const months = new Map<string, SpendingTotal[]>()
  for (const total of totals) months.set(total.month, [...(months.get(total.month) ?? []), total])
  return [...months].map(([month, of]) => ({ month, totals: of }))
}
