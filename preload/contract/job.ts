import { z } from 'zod'
import { longest } from './bounds'
import { editOptions, selection } from './edit'
import { failure } from './failure'
import { fileRole, mode } from './modes'
import { billed, estimate, providerId } from './provider'
import { text } from './text'

/** The life of a job. The last five are ends; an `uncertain` job waits for the provider's list or a person's decision. */
export const jobState = z.enum([
  'queued',
  'preparing',
  'uploading',
  'submitting',
  'pending',
  'running',
  'downloading',
  'saved',
  'failed',
  'cancelled',
  'expired',
  'uncertain',
])
export type JobState = z.infer<typeof jobState>

/** A file of a job. */
export const jobFile = z.object({
  role: fileRole,
  name: z.string(),
  /** Null where the file did not come from the catalog. */
  mediaId: z.string().nullable(),
  posterUrl: z.string().nullable(),
  /** Of a clip: the part that is sent; null for all of it, and for other roles. */
  selection: selection.nullable(),
  /** Of a voice: the number of its reference, from 1, images and videos counted together. */
  of: z.number().optional(),
})
export type JobFile = z.infer<typeof jobFile>

/** What a job and its result have in common. */
export const submitted = z.object({
  id: z.string(),
  mode,
  /** The set it belongs to: the takes of one submission. */
  setId: z.string(),
  provider: providerId,
  taskId: z.string().nullable(),
  requestId: z.string().nullable(),
  prompt: z.string(),
  negativePrompt: z.string(),
  files: z.array(jobFile),
  options: editOptions,
  billed: billed.nullable(),
  createdAt: z.number(),
})

/** One submitted edit and its life, as the window sees it. Times are milliseconds since the epoch. */
export const job = submitted.extend({
  state: jobState,
  updatedAt: z.number(),
  /** What lists call it: the name of its clip. */
  name: z.string(),
  posterUrl: z.string().nullable(),
  estimate: estimate.nullable(),
  /** Fraction 0..1 of the phase it is in; null when it cannot be told. */
  progress: z.number().min(0).max(1).nullable(),
  /** Each state it was in, with when; the last one is open. */
  phases: z.array(
    z.object({ state: jobState, startedAt: z.number(), endedAt: z.number().nullable() }),
  ),
  /** When the provider is asked again; null when nothing is planned. */
  nextPollAt: z.number().nullable(),
  /** Why it waits although it should go on (no connection, a busy service); null while all is well. */
  trouble: text.nullable().default(null),
  /** When task and result vanish at the provider. */
  expiresAt: z.number().nullable(),
  failure: failure.nullable(),
  libraryId: z.string().nullable(),
  canCancel: z.boolean(),
  canRetry: z.boolean(),
  /** Trying again goes on with the task that exists, and costs nothing. Default false. */
  resumes: z.boolean().optional(),
  /** Uncertain, and still looked for at the provider; the person decides where that comes to nothing. Default false. */
  looking: z.boolean().optional(),
  /** Whether the person has seen how it ended. */
  seen: z.boolean(),
})
export type Job = z.infer<typeof job>

/** How a person settles a job whose create answer was lost. */
export const uncertainDecision = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('look-again') }),
  /** It arrived: this task, which the provider's console shows, is the job's. */
  z.object({ kind: z.literal('arrived'), taskId: z.string().trim().min(1).max(longest.taskId) }),
  /** It never arrived: the job ends as failed, and may be retried. */
  z.object({ kind: z.literal('never-arrived') }),
  /** The job ends, and the same request is sent as a new job. */
  z.object({ kind: z.literal('submit-again') }),
  z.object({ kind: z.literal('give-up') }),
])
export type UncertainDecision = z.infer<typeof uncertainDecision>
