import { z } from 'zod'
import { text } from './text'

/** Providers by id; `dashscope` is Singapore, `dashscope-cn` Beijing. */
export const providerId = z.enum([
  'sandbox',
  'dashscope',
  'dashscope-cn',
  'evolink',
  'apiyi',
  'aivideoapi',
])
export type ProviderId = z.infer<typeof providerId>

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

/** Where a provider's key comes from. The key itself never crosses. */
export const keySource = z.enum(['none', 'stored', 'environment', 'not-needed'])
export type KeySource = z.infer<typeof keySource>

/** What a service's own storage takes of a person's files; a bucket has to take the rest. */
export const fileStorage = z.enum(['all', 'images', 'nothing'])
export type FileStorage = z.infer<typeof fileStorage>

/** What a service does by itself with options that nobody chose, where that is not what the model does. */
export const optionDefaults = z.object({ promptExtend: z.boolean() }).partial()
export type OptionDefaults = z.infer<typeof optionDefaults>

/** The service's own pages, for the person's browser: where keys are made, and where an account is topped up. */
export const providerPages = z.object({ keys: z.url(), billing: z.url() })
export type ProviderPages = z.infer<typeof providerPages>

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
