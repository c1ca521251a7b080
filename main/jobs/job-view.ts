import type { Job } from '../../preload/contract'
import { mediaUrl } from '../edits/media-url'
import { hasExpired } from './expiry'
import type { JobRecord } from './job-record'
import { isCancellable } from './job-states'

/** What only the process that drives a job knows. */
export interface Live {
  progress: number | null
  nextPollAt: number | null
}

export interface ViewContext {
  live: Live | undefined
  /** Whether the provider can cancel at all. */
  providerCancels: boolean
  /** Milliseconds since the epoch. */
  now: number
  /** Still of a file that the person gave to the app. */
  posterUrl: (mediaId: string) => string | null
}

/** A job as the window sees it. */
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
    clipId: spec.clip.mediaId,
    clipName: spec.clip.name,
    posterUrl: record.hasPoster
      ? mediaUrl('job-poster', record.id, record.createdAt)
      : posterOf(spec.clip.mediaId),
    prompt: spec.prompt,
    negativePrompt: spec.negativePrompt,
    images: spec.images.map((image) => ({ name: image.name, posterUrl: posterOf(image.mediaId) })),
    options: spec.options,
    selection: spec.clip.selection,
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
  record.state === 'failed' || record.state === 'cancelled' || record.state === 'expired'

/** Whether trying again can go on with the task that exists, instead of paying for another. */
export const canResume = (record: JobRecord, now: number): boolean =>
  record.state === 'failed' &&
  record.taskId !== null &&
  !record.taskOver &&
  !hasExpired(record.expiresAt, now)
