import { describe, expect, test, vi } from 'vitest'
import { newsOf } from '../../main/shell/notifications'
import { type Job, type JobState, job as jobSchema } from '../../preload/contract'
import { say } from '../../preload/contract/language'

vi.mock('electron', () => ({ Notification: class {} }))

const jobIn = (state: JobState, more: Partial<Job> = {}): Job =>
  jobSchema.parse({
    id: 'j1',
    state,
    provider: 'sandbox',
    createdAt: 0,
    updatedAt: 0,
    mode: 'edit',
    setId: 'set',
    name: 'boat.mp4',
    posterUrl: null,
    prompt: 'make it warm\nand slow',
    negativePrompt: '',
    files: [],
    options: {},
    estimate: null,
    billed: null,
    taskId: null,
    requestId: null,
    progress: null,
    phases: [],
    nextPollAt: null,
    expiresAt: null,
    failure: null,
    libraryId: state === 'saved' ? 'l1' : null,
    canCancel: false,
    canRetry: false,
    seen: false,
    ...more,
  })

const english = (text: Parameters<typeof say>[0]) => say(text, 'en')

describe('a notification', () => {
  test.each([
    ['running', 'saved', '“boat.mp4” is ready', 'library', 'l1'],
    ['downloading', 'saved', '“boat.mp4” is ready', 'library', 'l1'],
    ['pending', 'expired', '“boat.mp4” has expired', 'queue', 'j1'],
    ['submitting', 'uncertain', '“boat.mp4” needs your decision', 'queue', 'j1'],
    ['uploading', 'failed', '“boat.mp4” failed', 'queue', 'j1'],
  ] as const)('for %s → %s', (before, after, title, view, id) => {
    const news = newsOf(before, jobIn(after), english)
    expect(news && { title: english(news.title), view: news.view, id: news.id }).toEqual({
      title,
      view,
      id,
    })
  })

  test.each([
    ['the job was saved before', 'saved', 'saved'],
    ['the person cancelled the job', 'running', 'cancelled'],
    ['the job is still running', 'pending', 'running'],
    ['its earlier state is unknown', undefined, 'saved'],
    ['the job had ended before', 'uncertain', 'failed'],
  ] as const)('is not shown when %s', (_name, before, after) => {
    expect(newsOf(before, jobIn(after), english)).toBeNull()
  })

  test('shows the reason of a failure, or else the prompt', () => {
    const failure = {
      kind: 'local',
      text: { key: 'shell.error.noSpace', values: {} },
      action: 'free-space',
      provider: null,
    } as const
    expect(newsOf('running', jobIn('failed', { failure }), english)?.body).toBe(
      'The disk is full. Free up some space and try again.',
    )
    expect(newsOf('running', jobIn('saved'), english)?.body).toBe('make it warm')
    const long = newsOf('running', jobIn('saved', { prompt: 'x'.repeat(500) }), english)
    expect(long?.body).toHaveLength(120)
  })
})
