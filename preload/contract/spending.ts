import { z } from 'zod'
import { providerId } from './provider'

/** The units that providers bill in. */
export const spendingUnit = z.enum(['USD', 'CNY', 'credits'])
export type SpendingUnit = z.infer<typeof spendingUnit>

const limit = (standard: number) =>
  z.number().positive().max(1_000_000).nullable().default(standard)

/** Costs above which a submission needs a confirmation; null for never. The defaults are above the cost of any single edit. */
export const spendingLimits = z.object({ USD: limit(5), CNY: limit(35), credits: limit(1000) })
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
