import { z } from 'zod'
import { fileStorage, optionDefaults, pricing, providerLimits, providerPages } from './provider-row'
import { providerTable } from './provider-table'
import { text } from './text'

export * from './provider-row'

export type ProviderId = keyof typeof providerTable

/** Providers by id, in the order in which they are offered: the rows of the table, and no other list. */
export const providerId = z.enum(Object.keys(providerTable) as ProviderId[])

/** Where a provider's key comes from. The key itself never crosses. */
export const keySource = z.enum(['none', 'stored', 'environment', 'not-needed'])
export type KeySource = z.infer<typeof keySource>

/** A service that runs the model, as the window knows it. */
export const providerDescription = z.object({
  id: providerId,
  name: z.string(),
  /** One line that says what it is: "Local effects, no AI, free". */
  tagline: text,
  limits: providerLimits,
  pricing,
  canCancel: z.boolean(),
  canList: z.boolean(),
  /** Whether the provider says what is left to spend. */
  tellsBalance: z.boolean().optional(),
  /** Default 'all'. */
  stores: fileStorage.optional(),
  defaults: optionDefaults.optional(),
  pages: providerPages.optional(),
  /** What the host of a person's own workspace ends in; absent where there are no workspaces. */
  workspaceDomain: z.string().optional(),
  key: keySource,
  /** Environment variable that may hold the key; null where none is needed. */
  keyVariable: z.string().nullable(),
  baseUrl: z.string(),
})
export type ProviderDescription = z.infer<typeof providerDescription>

/** What an edit will cost, before it is submitted. */
export const estimate = z.object({
  currency: z.string(),
  /** Billed seconds, with the part of input and output. */
  seconds: z.object({ input: z.number(), output: z.number(), billed: z.number() }),
  amount: z.number(),
  bills: pricing.shape.bills,
  /** The same amount in another unit. */
  also: z.object({ currency: z.string(), amount: z.number() }).optional(),
  /** The most that it may cost where the documents leave doubt; `amount` is then the least. */
  amountUpTo: z.number().optional(),
})
export type Estimate = z.infer<typeof estimate>

/** What an account has left to spend. */
export const balance = z.object({
  amount: z.number(),
  /** ISO 4217 code, or 'credits'. */
  currency: z.string(),
  /** Whether `amount` is what this key may still spend, of an account that has more. */
  ofKey: z.boolean(),
})
export type Balance = z.infer<typeof balance>

/** What was really billed, from the answer's usage. Seconds. */
export const billed = z.object({
  /** null where the answer gives the amount alone. */
  seconds: z.number().nullable(),
  input: z.number().nullable(),
  output: z.number().nullable(),
  currency: z.string(),
  amount: z.number().nullable(),
})
export type Billed = z.infer<typeof billed>
