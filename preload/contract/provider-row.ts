import { z } from 'zod'
import { fileRole, mode } from './modes'

export const quality = z.enum(['720p', '1080p'])
export type Quality = z.infer<typeof quality>

export const aspectRatio = z.enum(['16:9', '9:16', '1:1', '4:3', '3:4'])
export type AspectRatio = z.infer<typeof aspectRatio>

/** Which options a provider accepts in a mode, and within which bounds. */
export const providerLimits = z.object({
  promptCharacters: z.number().int(),
  /** Whether the service refuses a longer text; otherwise it cuts it off. */
  refusesLongText: z.boolean(),
  negativePromptCharacters: z.number().int(),
  images: z.object({ min: z.number().int(), max: z.number().int(), used: z.number().int() }),
  qualities: z.array(quality),
  ratios: z.array(aspectRatio),
  /** Whether the result keeps the ratio of the clip when the request names none. */
  keepsRatio: z.boolean(),
  seed: z.object({ min: z.number().int(), max: z.number().int() }),
  /** Of an edit, seconds of the service's own duration option: 0 keeps the whole clip, else within min..max. */
  cut: z.object({ min: z.number(), max: z.number() }),
  /** Seconds of a result whose length is chosen: `withVideo` is the highest number beside a reference video. */
  duration: z
    .object({ min: z.number(), max: z.number(), usual: z.number(), withVideo: z.number() })
    .optional(),
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
  /** At most so many seconds of the input are billed. */
  inputUpTo: z.number().positive().optional(),
  /** The same amount in another unit: one unit of `currency` is worth `rate` of this one. */
  also: z.object({ currency: z.string(), rate: z.number().positive() }).optional(),
  /** Where documents disagree about which seconds are billed: the bill may be this many times the estimate. */
  upTo: z.number().min(1).optional(),
})
export type Pricing = z.infer<typeof pricing>

const fileSet = z.partialRecord(fileRole, z.object({ min: z.number(), max: z.number() }))

/** What a provider offers in one mode. */
export const providerMode = z.object({
  /** The service's name for the model. */
  model: z.string(),
  limits: providerLimits,
  pricing,
  /** What the service does with options that the request leaves out, where that differs from the model's default. */
  defaults: z.object({ promptExtend: z.boolean() }).partial().optional(),
  /** The sets of files that it takes; left out where it takes all sets of the mode. */
  sets: z.array(fileSet).readonly().optional(),
  /** Which references may have a voice: default each one; 'first': only the first of the request. */
  voices: z.enum(['each', 'first']).optional(),
  /** What a request must say, where the service asks for more than the mode. */
  needs: z.enum(['prompt', 'prompt-or-image', 'nothing']).optional(),
})
export type ProviderMode = z.infer<typeof providerMode>

/** The modes that a provider offers; a mode without an entry is not offered. */
export const providerModes = z.partialRecord(mode, providerMode)

/** Which files the service's own storage accepts; the others need a bucket. */
export const fileStorage = z.enum(['all', 'images', 'nothing'])

/** The service's web pages where keys are made and where an account is topped up. */
export const providerPages = z.object({ keys: z.url(), billing: z.url() })

/** A provider as data: what it offers, what it costs, where it is, how often it may be polled. */
export interface ProviderData {
  name: string
  /** The adapter that speaks to it: the name of its folder in main/providers. */
  protocol: string
  modes: z.infer<typeof providerModes>
  /** Milliseconds: before the first query, between queries, and how much of that is random (0..1). */
  polling: { first: number; interval: number; jitter: number }
  /** Limits the tasks that are active at once; further jobs wait here. Left out where the service queues them itself. */
  activeTasks?: number
  /** Milliseconds that the provider keeps a task and its result. */
  retention: number
  /** Environment variable of the key; null where no key is needed. */
  keyVariable: string | null
  /** Environment variables that override the base URL; the first that is set wins. */
  baseUrlVariables: readonly string[]
  baseUrl: string
  /** The address of the file storage where it differs, and the variable that overrides it. */
  files?: { baseUrl: string; variable: string }
  /** Whether a waiting task can be cancelled. */
  cancels?: boolean
  /** Whether the account's balance can be queried. */
  tellsBalance?: boolean
  /** Default 'all'. */
  stores?: z.infer<typeof fileStorage>
  pages?: z.infer<typeof providerPages>
  /** Suffix of the host of a person's own workspace. */
  workspaceDomain?: string
  /** Name of the region, where the service has several. */
  region?: string
  /** Id of the provider that accepts the same kind of key in another region. */
  sibling?: string
}
