import { z } from 'zod'
import { editOptions, selection } from './edit'
import { billed, providerId } from './provider'

/** A finished clip and everything that made it. Times in ms since the epoch, durations in seconds. */
export const libraryEntry = z.object({
  id: z.string(),
  jobId: z.string(),
  fileName: z.string(),
  createdAt: z.number(),
  submittedAt: z.number(),
  provider: providerId,
  model: z.string(),
  taskId: z.string().nullable(),
  requestId: z.string().nullable(),
  prompt: z.string(),
  negativePrompt: z.string(),
  images: z.array(z.object({ name: z.string(), posterUrl: z.string().nullable() })),
  options: editOptions,
  source: z.object({ name: z.string(), selection: selection.nullable() }),
  billed: billed.nullable(),
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
