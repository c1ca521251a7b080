import { z } from 'zod'

export const quality = z.enum(['720p', '1080p'])
export type Quality = z.infer<typeof quality>

export const aspectRatio = z.enum(['16:9', '9:16', '1:1', '4:3', '3:4'])
export type AspectRatio = z.infer<typeof aspectRatio>

/** Which of the options a provider takes, and within which bounds. Rows of a table, never branches. */
export const providerLimits = z.object({
  promptCharacters: z.number().int(),
  negativePromptCharacters: z.number().int(),
  images: z.object({ min: z.number().int(), max: z.number().int(), used: z.number().int() }),
  qualities: z.array(quality),
  ratios: z.array(aspectRatio),
  /** Whether the clip's own ratio can be kept by sending none. */
  keepsRatio: z.boolean(),
  seed: z.object({ min: z.number().int(), max: z.number().int() }),
  /** Seconds of the service's own duration option: 0 keeps all, else within min..max. */
  cut: z.object({ min: z.number(), max: z.number() }),
  options: z.object({
    sound: z.boolean(),
    promptExtend: z.boolean(),
    watermark: z.boolean(),
    callback: z.boolean(),
  }),
})
export type ProviderLimits = z.infer<typeof providerLimits>

/** What a second costs, and which seconds are billed. */
export const pricing = z.object({
  /** ISO 4217 code, or 'credits'. */
  currency: z.string(),
  /** Price of one billed second by quality. */
  perSecond: z.record(quality, z.number()),
  bills: z.enum(['input+output', 'output', 'input', 'nothing']),
  /** The same money in another unit: one of `currency` is `rate` of this one. */
  also: z.object({ currency: z.string(), rate: z.number().positive() }).optional(),
  /** Where documents disagree on which seconds are billed: the bill may be so many times the estimate. */
  upTo: z.number().min(1).optional(),
})
export type Pricing = z.infer<typeof pricing>

/** What a service's own storage takes of a person's files; a bucket has to take the rest. */
export const fileStorage = z.enum(['all', 'images', 'nothing'])
export type FileStorage = z.infer<typeof fileStorage>

/** What a service does by itself with options that nobody chose, where that is not what the model does. */
export const optionDefaults = z.object({ promptExtend: z.boolean() }).partial()
export type OptionDefaults = z.infer<typeof optionDefaults>

/** The service's own pages, for the person's browser: where keys are made, and where an account is topped up. */
export const providerPages = z.object({ keys: z.url(), billing: z.url() })
export type ProviderPages = z.infer<typeof providerPages>

/** A provider as data: what it accepts, what it costs, where it is, how often it may be asked. */
export interface ProviderData {
  name: string
  /** The adapter that speaks to it: the folder of main/providers that holds its adapter.ts. */
  protocol: string
  model: string
  limits: ProviderLimits
  pricing: Pricing
  /** Milliseconds: before the first query, between queries, and how much of that is random (0..1). */
  polling: { first: number; interval: number; jitter: number }
  /** Tasks that may be at work there at once; further edits wait here. Left out where the service itself makes them wait. */
  activeTasks?: number
  /** Milliseconds that task and result live at the provider. */
  retention: number
  /** Environment variable of the key; null where none is needed. */
  keyVariable: string | null
  /** Environment variables that name another base URL; the first that is set counts. */
  baseUrlVariables: readonly string[]
  baseUrl: string
  /** A second address that the provider stores files at, and the variable that overrides it. */
  files?: { baseUrl: string; variable: string }
  /** Whether a task can be stopped before it starts, tasks can be listed, and the account's balance is told. */
  cancels?: boolean
  lists?: boolean
  tellsBalance?: boolean
  /** Default 'all'. */
  stores?: FileStorage
  defaults?: OptionDefaults
  pages?: ProviderPages
  /** What the host of a person's own workspace ends in. */
  workspaceDomain?: string
}
