import { z } from 'zod'
import { highestSpendingLimit, spendingDefaults, spendingUnits } from './bounds'
import { providerId } from './provider'

export const spendingUnit = z.enum(spendingUnits)
export type SpendingUnit = z.infer<typeof spendingUnit>

const limit = (unit: SpendingUnit) =>
  z.number().positive().max(highestSpendingLimit).nullable().default(spendingDefaults[unit])

/** Costs above which a submission needs a confirmation; null for never. */
export const spendingLimits = z.object({
  USD: limit('USD'),
  CNY: limit('CNY'),
  credits: limit('credits'),
})
export type SpendingLimits = z.infer<typeof spendingLimits>

/** What one provider billed in one month (local time) for all results, including deleted ones. */
export const spendingTotal = z.object({
  /** '2026-11' */
  month: z.string(),
  provider: providerId,
  /** null when the provider's answers name no amount. */
  currency: z.string().nullable(),
  amount: z.number(),
  seconds: z.number(),
  edits: z.number().int(),
  /** Edits without a known amount. */
  unknown: z.number().int(),
})
export type SpendingTotal = z.infer<typeof spendingTotal>
