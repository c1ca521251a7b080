import { describe, expect, test, vi } from 'vitest'
import { knownOf, newsOf, noticeOf } from '../../main/shell/notifications'
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

const known = (state: JobState) => knownOf(undefined, jobIn(state))

const english = (text: Parameters<typeof say>[0]) => say(text, 'en')

describe('a notification', () => {
  test.each([
    ['running', 'saved', '“boat.mp4” is ready', 'library', 'l1'],
    ['downloading', 'saved', '“boat.mp4” is ready', 'library', 'l1'],
    ['pending', 'expired', '“boat.mp4” has expired', 'queue', 'j1'],
    ['submitting', 'uncertain', '“boat.mp4” needs your decision', 'queue', 'j1'],
    ['uploading', 'failed', '“boat.mp4” failed', 'queue', 'j1'],
  ] as const)('for %s → %s', (before, after, title, view, id) => {
    const news = newsOf(known(before), jobIn(after), english)
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
    const previous = before && known(before)
    expect(newsOf(previous, jobIn(after), english)).toBeNull()
  })

  test('is shown once when a job begins to be held, for each reason', () => {
    const failure = (key: string) =>
      ({ kind: 'auth', text: { key, values: {} }, action: 'enter-key', provider: null }) as const
    const steps = [
      jobIn('running'),
      jobIn('running', { failure: failure('failure.auth_key-refused') }),
      jobIn('running'), // tried again
      jobIn('running', { failure: failure('failure.auth_key-refused') }),
      jobIn('running', { failure: failure('job.folder') }),
      jobIn('downloading', { failure: failure('job.folder') }),
      jobIn('saved'),
    ]
    let previous = knownOf(undefined, jobIn('pending'))
    const titles = steps.map((job) => {
      const news = newsOf(previous, job, english)
      previous = knownOf(previous, job)
      return news && english(news.title)
    })
    const needsYou = '“boat.mp4” needs attention'
    const ready = '“boat.mp4” is ready'
    expect(titles).toEqual([null, needsYou, null, null, needsYou, needsYou, ready])
    expect(knownOf(undefined, steps[1] ?? jobIn('running')).heldBy).not.toBeNull()
  })

  test('shows the reason of a failure, or else the prompt', () => {
    const failure = {
      kind: 'local',
      text: { key: 'shell.error.noSpace', values: {} },
      action: 'free-space',
      provider: null,
    } as const
    expect(newsOf(known('running'), jobIn('failed', { failure }), english)?.body).toBe(
      'The disk is full. Free up some space and try again.',
    )
    expect(newsOf(known('running'), jobIn('saved'), english)?.body).toBe('make it warm')
    const long = newsOf(known('running'), jobIn('saved', { prompt: 'x'.repeat(500) }), english)
    expect(long?.body).toHaveLength(120)
  })
})

describe('in the window', () => {
  const noticed = (after: JobState, more: Partial<Job> = {}) => {
    const job = jobIn(after, more)
    const news = newsOf(known('downloading'), job, english)
    const notice = news && noticeOf(news, job, english)
    return notice && { ...notice, text: english(notice.text) }
  }

  test('a failure says why, and leads to the job', () => {
    const text = { key: 'job.sourceGone', values: { name: 'boat.mp4' } }
    const failure = { kind: 'local' as const, text, action: 'fix-file' as const, provider: null }
    const said = noticed('failed', { failure })
    expect(said).toMatchObject({ level: 'fail', show: { view: 'queue', id: 'j1' } })
    expect(said?.text).toMatch(/^“boat\.mp4” failed: \S.*\.$/)
  })

  test('one without a reason is named', () => {
    expect(noticed('expired')?.text).toBe('“boat.mp4” has expired')
  })

  test('a result is not announced: the library is marked', () => {
    expect(noticed('saved')).toBe(null)
  })
})
