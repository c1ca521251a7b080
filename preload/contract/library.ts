import { z } from 'zod'
import { submitted } from './job'
import { providerId } from './provider'

/** A finished clip and everything that made it. Times in ms since the epoch, durations in seconds. */
export const libraryEntry = submitted.extend({
  jobId: z.string(),
  fileName: z.string(),
  submittedAt: z.number(),
  model: z.string(),
  duration: z.number(),
  width: z.number().int(),
  height: z.number().int(),
  bytes: z.number().int(),
  /** The result, its poster, and the clip as it was sent (null when that is no longer kept). */
  urls: z.object({
    video: z.string(),
    poster: z.string().nullable(),
    before: z.string().nullable(),
  }),
  /** The file is no longer where it was saved. */
  missing: z.boolean(),
})
export type LibraryEntry = z.infer<typeof libraryEntry>

export const libraryQuery = z.object({
  /** Words that must all occur in prompt, provider, file or source name. */
  words: z.string().default(''),
  providers: z.array(providerId).default([]),
})
export type LibraryQuery = z.infer<typeof libraryQuery>
