import { z } from 'zod'
import { type Estimate, providerId } from './provider'

/** The money that services charge in: two currencies, and credits of their own. */
export const spendingUnit = z.enum(['USD', 'CNY', 'credits'])
export type SpendingUnit = z.infer<typeof spendingUnit>

const limit = (usual: number) => z.number().positive().max(1_000_000).nullable().default(usual)

/** Above how much a submission is asked about first; null never asks. The defaults leave any one edit alone. */
export const spendingLimits = z.object({ USD: limit(5), CNY: limit(35), credits: limit(1000) })
export type SpendingLimits = z.infer<typeof spendingLimits>

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
  for (const unit of spendingUnit.options) {
    const allowed = limits[unit]
    const amount = estimates.reduce((sum, estimate) => sum + costIn(unit, estimate), 0)
    // Sums of binary fractions: what is equal but for rounding is not above.
    if (allowed !== null && amount > allowed + 1e-6) return { unit, amount, limit: allowed }
  }
  return null
}

/** What one provider billed in one month of the person's calendar, over all results, also those in the trash. */
export const spendingTotal = z.object({
  /** '2026-11' */
  month: z.string(),
  provider: providerId,
  /** null where the answers named no bill. */
  currency: z.string().nullable(),
  amount: z.number(),
  seconds: z.number(),
  edits: z.number().int(),
  /** Edits whose amount is not known. */
  unknown: z.number().int(),
})
export type SpendingTotal = z.infer<typeof spendingTotal>
