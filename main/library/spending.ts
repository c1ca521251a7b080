import type { Billed, Estimate, Money, ProviderId, Spending } from '../../preload/contract'

/** A finished edit as far as money goes. */
export interface SpentEdit {
  provider: ProviderId
  /** Milliseconds since the epoch. */
  submittedAt: number
  billed: Billed | null
  estimate: Estimate | null
}

/** The month of the computer's calendar that a moment belongs to: '2026-11'. */
export const monthOf = (time: number): string => {
  const date = new Date(time)
  return `${date.getFullYear()}-${`${date.getMonth() + 1}`.padStart(2, '0')}`
}

/** Money to the thousandth of a cent, so that sums of binary fractions read well. */
const rounded = (amount: number): number => Math.round(amount * 1e5) / 1e5

const add = (sums: readonly Money[], { currency, amount }: Money): Money[] =>
  sums.some((sum) => sum.currency === currency)
    ? sums.map((sum) =>
        sum.currency === currency ? { currency, amount: rounded(sum.amount + amount) } : sum,
      )
    : [...sums, { currency, amount: rounded(amount) }]

/** Sums by month, the newest first, and provider. What a service did not say is summed apart, by its estimate. */
export const spendingOf = (
  edits: readonly SpentEdit[],
  month: (time: number) => string = monthOf,
): Spending[] => {
  const rows = new Map<string, Spending>()
  for (const { provider, submittedAt, billed, estimate } of edits) {
    const name = `${month(submittedAt)} ${provider}`
    const row = rows.get(name) ?? {
      provider,
      month: month(submittedAt),
      edits: 0,
      billed: [],
      estimated: [],
    }
    const said = billed && billed.amount !== null
    rows.set(name, {
      ...row,
      edits: row.edits + 1,
      billed: said
        ? add(row.billed, { currency: billed.currency, amount: billed.amount ?? 0 })
        : row.billed,
      estimated: !said && estimate ? add(row.estimated, estimate) : row.estimated,
    })
  }
  return [...rows.values()].sort(
    (one, other) =>
      other.month.localeCompare(one.month) || one.provider.localeCompare(other.provider),
  )
}
