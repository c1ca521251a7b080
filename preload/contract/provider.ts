import { z } from 'zod'
import {
  fileStorage,
  type ProviderData,
  pricing,
  providerModes,
  providerPages,
} from './provider-row'
import { providerTable } from './provider-table'
import { text } from './text'

export * from './provider-row'

export type ProviderId = keyof typeof providerTable

/** The ids of the provider table, in the order in which providers are offered. */
export const providerId = z.enum(Object.keys(providerTable) as ProviderId[])

/** A row of the provider table with its id. */
export interface ProviderRow extends ProviderData {
  id: ProviderId
}

/** The rows of the provider table by id, in the order in which providers are offered. */
export const providerRows = Object.fromEntries(
  providerId.options.map((id): [ProviderId, ProviderRow] => [id, { ...providerTable[id], id }]),
) as Record<ProviderId, ProviderRow>

/** Whether a stored id belongs to a provider of this version. */
export const isBuiltIn = (id: string): id is ProviderId => Object.hasOwn(providerRows, id)

/** The provider that accepts the same kind of key in another region; null for a provider without one. */
export const siblingOf = (id: ProviderId): ProviderId | null =>
  providerId.safeParse(providerRows[id].sibling).data ?? null

/** Where a provider's key comes from. The key itself never leaves the main process. */
export const keySource = z.enum(['none', 'stored', 'environment', 'not-needed'])
export type KeySource = z.infer<typeof keySource>

/** A provider as the window sees it. */
export const providerDescription = z.object({
  id: providerId,
  name: z.string(),
  /** One line that describes it. */
  tagline: text,
  modes: providerModes,
  canCancel: z.boolean(),
  /** Whether the account's balance can be queried. */
  tellsBalance: z.boolean().optional(),
  /** Default 'all'. */
  stores: fileStorage.optional(),
  pages: providerPages.optional(),
  /** The provider that accepts the same kind of key in another region; absent where there are no regions. */
  sibling: providerId.optional(),
  /** Suffix of the host of a person's own workspace; absent where there are no workspaces. */
  workspaceDomain: z.string().optional(),
  key: keySource,
  /** Environment variable of the key; null where no key is needed. */
  keyVariable: z.string().nullable(),
  baseUrl: z.string(),
})
export type ProviderDescription = z.infer<typeof providerDescription>

/** What an edit will cost, before it is submitted. */
export const estimate = z.object({
  currency: z.string(),
  /** Seconds of the input, of the output, and of both that are billed. */
  seconds: z.object({ input: z.number(), output: z.number(), billed: z.number() }),
  amount: z.number(),
  bills: pricing.shape.bills,
  /** The same amount in another unit. */
  also: z.object({ currency: z.string(), amount: z.number() }).optional(),
  /** The highest possible cost where the documents disagree; `amount` is then the lowest. */
  amountUpTo: z.number().optional(),
})
export type Estimate = z.infer<typeof estimate>

/** The balance of an account. */
export const balance = z.object({
  amount: z.number(),
  /** ISO 4217 code, or 'credits'. */
  currency: z.string(),
  /** Whether `amount` is the limit of this key, below the balance of the account. */
  ofKey: z.boolean(),
})
export type Balance = z.infer<typeof balance>

/** What was billed, from the usage in the answer. Seconds. */
export const billed = z.object({
  /** null where the answer gives only the amount. */
  seconds: z.number().nullable(),
  input: z.number().nullable(),
  output: z.number().nullable(),
  currency: z.string(),
  amount: z.number().nullable(),
})
export type Billed = z.infer<typeof billed>
