import { describe, expect, test } from 'vitest'
import { adapter } from '../../../main/providers/evolink/adapter'
import {
  creditsAnswer,
  evoLinkListed,
  evoLinkRefusal,
  evoLinkStatus,
  listAnswer,
  taskAnswer,
} from '../../../main/providers/evolink/answers'
import { providerRows } from '../../../preload/contract'
import { aCall, anEdit, recordingHttp } from '../../support/connected-provider'

test.each([
  [{ error: { code: 'c', message: 'm' } }, { code: 'c', message: 'm', requestId: null }],
  [
    { error: { code: 'c', message: 'm' }, code: 'd', message: 'n' },
    { code: 'c', message: 'm', requestId: null },
  ],
  [
    { error: 'words', code: 402, message: 'm' },
    { code: '402', message: 'm', requestId: null },
  ],
  [{ message: 'm' }, { code: null, message: 'm', requestId: null }],
  [{ code: 'c' }, { code: 'c', message: null, requestId: null }],
  [{ error: {} }, null],
  ['text', null],
])('%j refuses with %j', (body, expected) => {
  expect(evoLinkRefusal(body)).toEqual(expected)
})

const statusOf = (answer: object) => evoLinkStatus(taskAnswer.parse(answer))

test.each([
  ['pending', 'pending'],
  ['processing', 'running'],
  ['failed', 'failed'],
  ['cancelled', 'cancelled'],
  ['canceled', 'cancelled'],
])('the state %s is %s', (word, status) => {
  expect(statusOf({ status: word, progress: 40 })).toMatchObject({ status, requestId: null })
})

test('a task that runs has its progress', () => {
  expect(statusOf({ status: 'processing', progress: 40 })).toMatchObject({ progress: 0.4 })
})

test.each([
  [{ results: ['https://h.example/1'], result_data: [{ video_url: 'https://h.example/2' }] }, '1'],
  [{ result_data: [{}, { video_url: 'https://h.example/2' }] }, '2'],
  [{ results: [], result_data: [{ video_url: 'https://h.example/2' }] }, '2'],
  [{ results: 'words', result_data: [{ video_url: 'https://h.example/2' }] }, '2'],
])('the result of %j is %s', (more, name) => {
  expect(statusOf({ status: 'completed', ...more })).toMatchObject({
    status: 'succeeded',
    resultUrl: `https://h.example/${name}`,
    usage: null,
  })
})

test.each([{}, { result_data: 'words' }, { result_data: [{ video_url: '' }] }])(
  'a completed task with %j is to be asked about again',
  (more) => {
    expect(() => statusOf({ status: 'completed', ...more })).toThrow('answer_result-missing')
  },
)

test.each([
  [{ credits_used: 58.5, cost: { credits: 1 } }, 58.5],
  [{ cost: { credits: '1' } }, 1],
  [{ credits_used: 0 }, 0],
])('the usage %j is %d credits', (usage, amount) => {
  expect(statusOf({ status: 'completed', results: ['https://h.example/1'], usage })).toMatchObject({
    usage: { seconds: null, input: null, output: null, cost: { currency: 'credits', amount } },
  })
})

test.each([{}, { cost: 'words' }, 'words'])('the usage %j is unknown', (usage) => {
  expect(statusOf({ status: 'completed', results: ['https://h.example/1'], usage })).toMatchObject({
    usage: null,
  })
})

test('a failed task has the reason of the service', () => {
  const error = { code: 'content_policy_violation', message: 'no' }
  expect(statusOf({ status: 'failed', error })).toMatchObject({
    failure: { kind: 'moderation', provider: { ...error, httpStatus: null, requestId: null } },
  })
})

describe('the list of tasks', () => {
  const model = 'wan2.7-video-edit'
  const task = (id: string, created_at: number | string | null, of: string | null = model) => ({
    id,
    created_at,
    model: of,
    status: 'processing',
  })

  test('has those of the model, and those that leave it open', () => {
    const then = 1_800_000_000_000
    const data = [
      task('then', then),
      task('in seconds', then / 1000),
      task('any time', null),
      task('any model', then, null),
      task('variant', then, `${model}-2`),
      { id: 'bare' },
    ]
    const found = evoLinkListed(listAnswer.parse({ data }), model)
    expect(found.map(({ taskId }) => taskId)).toEqual([
      'then',
      'in seconds',
      'any time',
      'any model',
      'bare',
    ])
    expect(found[0]).toEqual({ taskId: 'then', createdAt: then, status: 'processing' })
    expect(found.at(-1)).toEqual({ taskId: 'bare', createdAt: null, status: 'unknown' })
  })

  const listing = async (pages: readonly object[]) => {
    const { http, asked } = recordingHttp((nth) => ({ body: pages[nth] ?? { data: [] } }))
    const provider = adapter({
      row: providerRows.evolink,
      baseUrl: 'https://h.example',
      filesUrl: 'https://files.example',
      key: () => 'sk-1',
      http,
      clock: { now: () => 0, sleep: async () => {} },
      unique: () => 'u',
    })
    const found = await provider.list?.('edit', aCall())
    return {
      asked: asked.map(({ method, url }) => `${method} ${url}`),
      ids: found?.tasks.map(({ taskId }) => taskId),
    }
  }
  const pageOf = (name: string, count: number) =>
    Array.from({ length: count }, (_, at) => task(`${name}${at}`, 0))

  test('is read page by page, each task once', async () => {
    const again = [...pageOf('a', 1), ...pageOf('b', 49)]
    const { asked, ids } = await listing([
      { data: pageOf('a', 50), total: 100 },
      { data: again, total: 100 },
      { data: pageOf('c', 50), total: 100 },
    ])
    const search = `model=${model}&page=1&page_size=50`
    expect(asked).toEqual([
      `GET https://h.example/v1/tasks?${search}`,
      `GET https://h.example/v1/tasks?${search.replace('page=1', 'page=2')}`,
    ])
    expect(ids).toHaveLength(99)
  })

  test.each([
    ['a page that is not full', [pageOf('a', 50), pageOf('b', 49), pageOf('c', 1)], 2],
    ['an empty page', [pageOf('a', 50), []], 2],
    ['twenty pages', Array.from({ length: 30 }, (_, at) => pageOf(`${at}-`, 50)), 20],
  ])('without a total ends with %s', async (_what, pages, count) => {
    expect((await listing(pages.map((data) => ({ data })))).asked).toHaveLength(count)
  })
})

test.each([
  [{ remaining_credits: 99 }, 99, true],
  [{ remaining_credits: 100 }, 100, false],
  [{ remaining_credits: 99, unlimited_credits: true }, 100, false],
  [{ remaining_credits: 99, unlimited_credits: null }, 99, true],
  [{ unlimited_credits: false }, 100, false],
  ['words', 100, false],
  [null, 100, false],
])('of 100 credits and a key with %j, %d are left', (token, amount, ofKey) => {
  const data = { user: { remaining_credits: '100' }, token }
  expect(creditsAnswer.parse({ data })).toEqual({ amount, currency: 'credits', ofKey })
})

test.each(['', '/', '/v1', '/v1/'])('the address may end with %j', async (end) => {
  const { http, asked } = recordingHttp(() => ({ body: { id: 't' } }))
  const provider = adapter({
    row: providerRows.evolink,
    baseUrl: `https://h.example${end}`,
    filesUrl: 'https://files.example',
    key: () => 'sk-1',
    http,
    clock: { now: () => 0, sleep: async () => {} },
    unique: () => 'u',
  })
  expect(await provider.create(anEdit(), aCall())).toMatchObject({ taskId: 't', requestId: null })
  await provider.test(aCall())
  await provider.query('a/b', aCall()).catch(() => undefined)
  await provider.balance?.(aCall()).catch(() => undefined)
  expect(asked.map(({ method, url, fresh }) => [method, url, fresh ?? false])).toEqual([
    ['POST', 'https://h.example/v1/videos/generations', true],
    ['GET', 'https://h.example/v1/credits', false],
    ['GET', 'https://h.example/v1/tasks/a%2Fb', false],
    ['GET', 'https://h.example/v1/credits', false],
  ])
})
