import { z } from 'zod'
import { billed, failure, fileRole, jobState, providerId, text } from '../../preload/contract'
import { jobSpec } from '../edits/job-spec'

const anyReadyFile = z.object({
  path: z.string(),
  /** Name for the upload; its extension fits the content. */
  name: z.string(),
  contentType: z.string(),
  bytes: z.number(),
  modifiedAt: z.number(),
  /** Of a voice: the number of its reference. */
  of: z.number().optional(),
})

/** A file ready to be uploaded. Bytes, ms since the epoch; of a clip also seconds and displayed pixels. */
export const readyFile = z.discriminatedUnion('role', [
  anyReadyFile.extend({
    role: z.literal('clip'),
    seconds: z.number(),
    width: z.number(),
    height: z.number(),
  }),
  anyReadyFile.extend({ role: fileRole.exclude(['clip']) }),
])
export type ReadyFile = z.infer<typeof readyFile>

/** An uploaded file; stored, so that a restart does not upload it again. */
export const upload = z.object({
  path: z.string(),
  url: z.string(),
  expiresAt: z.number(),
})
export type Upload = z.infer<typeof upload>

/** A started download; with its ETag it continues after a restart (RFC 9110, If-Range). */
const downloadStart = z.object({
  path: z.string(),
  etag: z.string().nullable(),
  total: z.number().nullable(),
  /** MD5 of the whole file in hex, where the server gave it; null otherwise. */
  md5: z.string().nullable().default(null),
})

/** A job in the database. Times in ms since the epoch. */
export const jobRecord = z.object({
  id: z.string(),
  /** The set of the job: the takes of one submission. */
  setId: z.string(),
  state: jobState,
  provider: providerId,
  /** Rises with every change, so that other processes notice it. */
  revision: z.number().int(),
  createdAt: z.number(),
  updatedAt: z.number(),
  spec: jobSpec,
  phases: z.array(
    z.object({ state: jobState, startedAt: z.number(), endedAt: z.number().nullable() }),
  ),
  /** Prepared files in the order of the request; null until prepared. */
  files: z.array(readyFile).nullable(),
  uploads: z.array(upload),
  /** Whether what was uploaded to the bucket, and parts of unfinished uploads, were deleted. */
  released: z.boolean().default(false),
  /** When the create was sent; null before. */
  submittedAt: z.number().nullable(),
  taskId: z.string().nullable(),
  requestId: z.string().nullable(),
  model: z.string().nullable(),
  /** The body of the create, without secrets. */
  sent: z.unknown(),
  expiresAt: z.number().nullable(),
  /** The provider reported the end of the task: a retry cannot continue it. */
  taskOver: z.boolean(),
  resultUrl: z.string().nullable(),
  download: downloadStart.nullable(),
  billed: billed.nullable(),
  /** Why the job ended. Before its end: what holds it (`needsAttention`). */
  failure: failure.nullable(),
  libraryId: z.string().nullable(),
  /** Why the job waits; null while it makes progress. */
  trouble: text.nullable().default(null),
  /** The person cancelled the job; the driving process carries it out. */
  cancelRequested: z.boolean(),
  /** Why the provider refused the last cancel; null if it was not asked or it was too late. */
  cancelFailure: failure.nullable().default(null),
  /** Whether there is a still of the sent clip. */
  hasPoster: z.boolean(),
  /** Of an uncertain job: the provider's list did not settle it, so the person must decide. */
  askPerson: z.boolean(),
  seen: z.boolean(),
})
export type JobRecord = z.infer<typeof jobRecord>

/** A job that was just submitted. */
export const newRecord = (
  { id, setId }: Pick<JobRecord, 'id' | 'setId'>,
  spec: JobRecord['spec'],
  now: number,
): JobRecord => ({
  id,
  setId,
  state: 'queued',
  provider: spec.provider,
  revision: 0,
  createdAt: now,
  updatedAt: now,
  spec,
  phases: [{ state: 'queued', startedAt: now, endedAt: null }],
  files: null,
  uploads: [],
  released: false,
  submittedAt: null,
  taskId: null,
  requestId: null,
  model: null,
  sent: null,
  expiresAt: null,
  taskOver: false,
  resultUrl: null,
  download: null,
  billed: null,
  failure: null,
  libraryId: null,
  trouble: null,
  cancelRequested: false,
  cancelFailure: null,
  hasPoster: false,
  askPerson: false,
  seen: false,
})

/** When the provider deletes a task and its result: ms since the epoch. `retention` in ms. */
export const expiryOf = (submittedAt: number, retention: number): number => submittedAt + retention

export const hasExpired = (expiresAt: number | null, now: number): boolean =>
  expiresAt !== null && now >= expiresAt

/** Milliseconds after the expiry from which a task counts as gone without an answer: the clock may be days off. */
const afterExpiry = 7 * 24 * 3_600_000

/** Whether the provider may still have the task and its result: nothing that happens here ends such a job. */
export const mayBeKept = (
  job: Pick<JobRecord, 'state' | 'taskId' | 'taskOver' | 'expiresAt'>,
  now: number,
): boolean =>
  (job.state === 'pending' || job.state === 'running' || job.state === 'downloading') &&
  job.taskId !== null &&
  !job.taskOver &&
  !hasExpired(job.expiresAt === null ? null : job.expiresAt + afterExpiry, now)
