import { describe, expect, it } from 'vitest'
import { localFailure } from '../../main/jobs/failures'
import { type JobRecord, newRecord } from '../../main/jobs/record'
import { canResume, canRetry, jobView, type ViewContext } from '../../main/jobs/view'
import { type FileRole, jobState } from '../../preload/contract'
import { createJobsWorld } from '../support/jobs-world'

const now = 1_000

const recordWith = (change: Partial<JobRecord> = {}): JobRecord => ({
  ...newRecord({ id: 'job', setId: 'set' }, createJobsWorld().spec(), now),
  ...change,
})

const viewOf = (change: Partial<JobRecord> = {}, context: Partial<ViewContext> = {}) =>
  jobView(recordWith(change), {
    live: undefined,
    providerCancels: true,
    now,
    posterUrl: (mediaId) => `poster of ${mediaId}`,
    ...context,
  })

/** The spec of a job whose only file has this id in the catalog. */
const withMedia = (mediaId: string | null, role: FileRole = 'clip') => {
  const { spec } = recordWith()
  return { ...spec, files: spec.files.map((file) => ({ ...file, role, mediaId })) }
}

describe('the still of a job', () => {
  it('is that of the sent clip, if there is one', () => {
    expect(viewOf({ hasPoster: true }).posterUrl).toBe('reshoot-media://job-poster/job?v=1000')
  })

  it('is otherwise that of the clip in the catalog', () => {
    expect(viewOf().posterUrl).toBe('poster of media-1')
  })

  it('is that of the first frame, or of the first reference, for a job without a clip', () => {
    for (const role of ['first-frame', 'reference-image'] as const)
      expect(viewOf({ spec: withMedia('media-1', role) }).posterUrl).toBe('poster of media-1')
  })

  it.each([
    ['with a clip from the command line', null, 'clip'],
    ['with a sound alone', 'media-1', 'sound'],
  ] as const)('is missing for a job %s', (_what, mediaId, role) => {
    expect(viewOf({ spec: withMedia(mediaId, role) }).posterUrl).toBeNull()
  })

  it('of each file is the one in the catalog', () => {
    expect(viewOf({ hasPoster: true }).files).toEqual([
      {
        role: 'clip',
        name: 'beach.mp4',
        mediaId: 'media-1',
        posterUrl: 'poster of media-1',
        selection: null,
      },
    ])
    expect(viewOf({ spec: withMedia(null) }).files[0]?.posterUrl).toBeNull()
  })
})

describe('whether a job can be cancelled', () => {
  it.each([
    ['queued', true, true],
    ['pending', true, true],
    ['pending', false, false],
    ['running', true, false],
  ] as const)('%s, provider cancels %s: %s', (state, providerCancels, expected) => {
    expect(viewOf({ state }, { providerCancels }).canCancel).toBe(expected)
  })

  it('once only', () => {
    expect(viewOf({ cancelRequested: true }).canCancel).toBe(false)
  })
})

describe('whether a job can be retried', () => {
  it.each(jobState.options)('%s', (state) => {
    expect(canRetry(recordWith({ state }))).toBe(['failed', 'cancelled', 'expired'].includes(state))
  })

  it('while it is held, and continues the task', () => {
    const held = { state: 'pending', failure: localFailure('folder', 'choose-folder') } as const
    expect(viewOf(held)).toMatchObject({ canRetry: true, resumes: true })
  })

  const resumable = { state: 'failed', taskId: 'task', expiresAt: 2_000 } as const
  it.each([
    ['a failed job whose task is known', {}, true],
    ['a job that ended in another way', { state: 'cancelled' }, false],
    ['a job without a task', { taskId: null }, false],
    ['a task that failed itself', { taskOver: true }, false],
    ['a task that the provider has deleted', { expiresAt: now }, false],
  ] as const)('and continues the task: %s', (_what, change, expected) => {
    const record = recordWith({ ...resumable, ...change })
    expect(canResume(record, now)).toBe(expected)
    expect(viewOf({ ...resumable, ...change }).resumes).toBe(expected)
  })
})

describe('an uncertain job', () => {
  it.each([
    [{ state: 'uncertain' }, true],
    [{ state: 'uncertain', askPerson: true }, false],
    [{ state: 'running' }, false],
  ] as const)('has a task that is looked for: %j %s', (change, expected) => {
    expect(viewOf(change).looking).toBe(expected)
  })
})

it('progress and the next question are known only to the process that drives the job', () => {
  expect(viewOf()).toMatchObject({ progress: null, nextPollAt: null })
  const live = { progress: 0.25, nextPollAt: 5_000 }
  expect(viewOf({}, { live })).toMatchObject(live)
})
