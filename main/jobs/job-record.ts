import { z } from 'zod'
import { billed, failure, jobState, providerId, text } from '../../preload/contract'
import { editSpec } from '../edits/edit-spec'

/** A file ready to be uploaded. Bytes, ms since the epoch. */
export const readyFile = z.object({
  path: z.string(),
  /** Name it is uploaded under, with the extension that fits its content. */
  name: z.string(),
  contentType: z.string(),
  bytes: z.number(),
  modifiedAt: z.number(),
})
export type ReadyFile = z.infer<typeof readyFile>

/** A file that has become a URL; remembered, so that a restart does not send it again. */
export const upload = z.object({
  path: z.string(),
  url: z.string(),
  expiresAt: z.number(),
})
export type Upload = z.infer<typeof upload>

/** A download that was begun; the validator lets it go on after a restart (RFC 9110, If-Range). */
const downloadStart = z.object({
  path: z.string(),
  etag: z.string().nullable(),
  total: z.number().nullable(),
})

/** A job as it is stored. Times in ms since the epoch. */
export const jobRecord = z.object({
  id: z.string(),
  state: jobState,
  provider: providerId,
  /** Goes up with every change, so that another process sees that there was one. */
  revision: z.number().int(),
  createdAt: z.number(),
  updatedAt: z.number(),
  spec: editSpec,
  phases: z.array(
    z.object({ state: jobState, startedAt: z.number(), endedAt: z.number().nullable() }),
  ),
  /** What will be sent; null until prepared. Seconds and displayed pixels of the clip. */
  files: z
    .object({
      clip: readyFile.extend({ seconds: z.number(), width: z.number(), height: z.number() }),
      images: z.array(readyFile),
    })
    .nullable(),
  uploads: z.array(upload),
  /** When the create call went out; null before. */
  submittedAt: z.number().nullable(),
  taskId: z.string().nullable(),
  requestId: z.string().nullable(),
  model: z.string().nullable(),
  /** The body that was sent, without secrets or inlined files. */
  sent: z.unknown(),
  expiresAt: z.number().nullable(),
  /** The provider itself said that the task failed: there is nothing left to ask for. */
  taskOver: z.boolean(),
  resultUrl: z.string().nullable(),
  download: downloadStart.nullable(),
  billed: billed.nullable(),
  failure: failure.nullable(),
  libraryId: z.string().nullable(),
  /** Why it waits although it should go on; null while all is well. */
  trouble: text.nullable().default(null),
  /** A person asked for it to end; whoever drives the job sees to it. */
  cancelRequested: z.boolean(),
  /** Why the service did not carry out the last such request; null when it was not asked, or said too late. */
  cancelFailure: failure.nullable().default(null),
  /** A still of the clip as it was sent was made. */
  hasPoster: z.boolean(),
  /** Of an uncertain job: the provider's list has said all it can, a person must decide. */
  askPerson: z.boolean(),
  seen: z.boolean(),
})
export type JobRecord = z.infer<typeof jobRecord>

/** A job as it is when it was just submitted. */
export const newRecord = (id: string, spec: JobRecord['spec'], now: number): JobRecord => ({
  id,
  state: 'queued',
  provider: spec.provider,
  revision: 0,
  createdAt: now,
  updatedAt: now,
  spec,
  phases: [{ state: 'queued', startedAt: now, endedAt: null }],
  files: null,
  uploads: [],
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
