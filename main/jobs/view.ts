import { endedWithoutResult, type Job, needsAttention } from '../../preload/contract'
import { mediaUrl } from '../catalog/media-url'
import { shownFile, titleOf } from '../edits/job-spec'
import { hasExpired, type JobRecord } from './record'
import { isCancellable } from './states'

/** What is known only to the process that drives a job. */
export interface Live {
  progress: number | null
  nextPollAt: number | null
}

export interface ViewContext {
  live: Live | undefined
  /** Whether the provider can cancel tasks. */
  providerCancels: boolean
  /** Milliseconds since the epoch. */
  now: number
  /** URL of the still of a file in the catalog. */
  posterUrl: (mediaId: string) => string | null
}

/** The job for the window and the command line. */
export const jobView = (record: JobRecord, context: ViewContext): Job => {
  const { spec } = record
  const { live, providerCancels } = context
  const posterOf = (mediaId: string | null) =>
    mediaId === null ? null : context.posterUrl(mediaId)
  return {
    id: record.id,
    state: record.state,
    provider: record.provider,
    createdAt: record.createdAt,
    updatedAt: record.updatedAt,
    mode: spec.mode,
    setId: record.setId,
    name: titleOf(spec),
    posterUrl: record.hasPoster
      ? mediaUrl('job-poster', record.id, record.createdAt)
      : posterOf(shownFile(spec.files)?.mediaId ?? null),
    prompt: spec.prompt,
    negativePrompt: spec.negativePrompt,
    files: spec.files.map(({ role, name, mediaId, selection, of }) => ({
      role,
      name,
      mediaId,
      posterUrl: posterOf(mediaId),
      selection,
      ...(of === undefined ? {} : { of }),
    })),
    options: spec.options,
    estimate: spec.estimate,
    billed: record.billed,
    taskId: record.taskId,
    requestId: record.requestId,
    progress: live?.progress ?? null,
    phases: record.phases,
    nextPollAt: live?.nextPollAt ?? null,
    trouble: record.trouble,
    expiresAt: record.expiresAt,
    failure: record.failure,
    libraryId: record.libraryId,
    canCancel: !record.cancelRequested && isCancellable(record.state, providerCancels),
    canRetry: canRetry(record),
    resumes: canResume(record, context.now),
    looking: record.state === 'uncertain' && !record.askPerson,
    seen: record.seen,
  }
}

export const canRetry = (record: JobRecord): boolean =>
  endedWithoutResult(record.state) || needsAttention(record)

/** Whether a retry continues the existing task instead of paying for a new one. */
export const canResume = (record: JobRecord, now: number): boolean =>
  needsAttention(record) ||
  (record.state === 'failed' &&
    record.taskId !== null &&
    !record.taskOver &&
    !hasExpired(record.expiresAt, now))
