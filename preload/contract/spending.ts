import { z } from 'zod'
import { providerId } from './provider'

/** The money that services charge in: two currencies, and credits of their own. */
export const spendingUnit = z.enum(['USD', 'CNY', 'credits'])
export type SpendingUnit = z.infer<typeof spendingUnit>

const limit = (usual: number) => z.number().positive().max(1_000_000).nullable().default(usual)

/** Above how much a submission is asked about first; null never asks. The defaults leave any one edit alone. */
export const spendingLimits = z.object({ USD: limit(5), CNY: limit(35), credits: limit(1000) })
export type SpendingLimits = z.infer<typeof spendingLimits>

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
