import { spendingUnits } from './bounds'
import type { Estimate } from './provider'
import type { SpendingLimits, SpendingUnit } from './spending'

/** What a submission may cost where it is more than the limit. */
export interface AboveLimit {
  unit: SpendingUnit
  amount: number
  limit: number
}

type Priced = Pick<Estimate, 'currency' | 'amount' | 'amountUpTo' | 'also'>

/** The most that an edit may cost in a unit; 0 where it is not charged in it. Credits count in dollars too. */
const costIn = (unit: SpendingUnit, { currency, amount, amountUpTo, also }: Priced): number => {
  const most = amountUpTo ?? amount
  if (currency === unit) return most
  return currency === 'credits' && also?.currency === unit && amount > 0
    ? also.amount * (most / amount)
    : 0
}

/** The first limit that these edits, submitted together, may exceed; null for none. */
export const aboveLimit = (
  estimates: readonly Priced[],
  limits: SpendingLimits,
): AboveLimit | null => {
  for (const unit of spendingUnits) {
    const allowed = limits[unit]
    const amount = estimates.reduce((sum, estimate) => sum + costIn(unit, estimate), 0)
    // Sums of binary fractions: what is equal but for rounding is not above.
    if (allowed !== null && amount > allowed + 1e-6) return { unit, amount, limit: allowed }
  }
  return null
}
