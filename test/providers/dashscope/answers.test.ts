import { describe, expect, test } from 'vitest'
import { createDashScope } from '../../../main/providers/dashscope/adapter'
import {
  dashScopeRefusal,
  listAnswer,
  listedTasks,
  policyAnswer,
  taskAnswer,
  taskStatusOf,
} from '../../../main/providers/dashscope/answers'
import { createHeaders, dashScopeBody } from '../../../main/providers/dashscope/request'
import { modeRow, providerRows } from '../../../preload/contract'
import { aCall, aClip, anEdit, anImage, recordingHttp } from '../../support/connected-provider'

test.each([
  [
    { code: 'C', message: 'm', request_id: 'r' },
    { code: 'C', message: 'm', requestId: 'r' },
  ],
  [{ code: 400 }, { code: '400', message: null, requestId: null }],
  [{ message: 'm' }, { code: null, message: 'm', requestId: null }],
  [
    { error: { code: 'C', message: 'm', request_id: 'r' } },
    { code: 'C', message: 'm', requestId: 'r' },
  ],
  [
    {
      code: 'C',
      message: 'm',
      request_id: 'r',
      error: { code: 'D', message: 'n', request_id: 's' },
    },
    { code: 'C', message: 'm', requestId: 'r' },
  ],
  [
    { code: 'C', error: 'words' },
    { code: 'C', message: null, requestId: null },
  ],
  [{ request_id: 'r' }, null],
  [{ code: '', message: '' }, null],
  ['text', null],
])('%j refuses with %j', (body, expected) => {
  expect(dashScopeRefusal(body)).toEqual(expected)
})

const statusOf = (output: object, usage?: object) =>
  taskStatusOf(taskAnswer.parse({ request_id: 'r', output, usage }))

test.each([
  ['PENDING', 'pending'],
  ['suspended', 'pending'],
  [' Running ', 'running'],
  ['FAILED', 'failed'],
  ['CANCELED', 'cancelled'],
  ['CANCELLED', 'cancelled'],
])('the state %s is %s, with the request id', (word, status) => {
  const found = statusOf({ task_status: word })
  expect(found).toMatchObject({ status, requestId: 'r' })
  if (found.status === 'pending' || found.status === 'running') expect(found.progress).toBeNull()
})

test('a task that succeeded has its result, its prompt and its seconds', () => {
  const output = { task_status: 'SUCCEEDED', video_url: 'https://h.example/o', orig_prompt: 'snow' }
  const usage = { duration: 10, input_video_duration: '5', output_video_duration: 5.5 }
  expect(statusOf(output, usage)).toEqual({
    status: 'succeeded',
    resultUrl: 'https://h.example/o',
    requestId: 'r',
    prompt: 'snow',
    usage: { seconds: 10, input: 5, output: 5.5 },
  })
})

test('a task that succeeded without a result is to be asked about again', () => {
  expect(() => statusOf({ task_status: 'SUCCEEDED' })).toThrow('answer_result-missing')
})

describe('the list of tasks', () => {
  const task = (task_id: string, gmt_create: number | null, model_name: string | null = 'wan') => ({
    task_id,
    gmt_create,
    model_name,
    status: 'RUNNING',
    request_id: `r-${task_id}`,
  })

  test('has those of the model, and those that leave it open', () => {
    const data = [
      task('then', 1_000),
      task('any time', null),
      task('any model', 1_000, null),
      task('variant', 1_000, 'wan-2026'),
      task('other', 1_000, 'my-wan'),
      { task_id: 'bare' },
    ]
    const found = listedTasks(listAnswer.parse({ data }), 'wan')
    expect(found.map(({ taskId }) => taskId)).toEqual([
      'then',
      'any time',
      'any model',
      'variant',
      'bare',
    ])
    expect(found[0]).toEqual({
      taskId: 'then',
      createdAt: 1_000,
      status: 'RUNNING',
      requestId: 'r-then',
    })
    expect(found.at(-1)).toEqual({
      taskId: 'bare',
      createdAt: null,
      status: 'UNKNOWN',
      requestId: null,
    })
    expect(listAnswer.parse({ data: null }).data).toEqual([])
  })

  /** Lists at a service that has these pages. */
  const listing = async (pages: readonly object[]) => {
    const { http, asked } = recordingHttp((nth) => ({ body: pages[nth] ?? {} }))
    const provider = createDashScope({
      row: providerRows.dashscope,
      baseUrl: 'https://h.example',
      key: () => 'sk-1',
      http,
      clock: { now: () => 0, sleep: async () => {} },
      unique: () => 'u',
    })
    const found = await provider.list?.('edit', aCall())
    return {
      asked: asked.map(({ method, url }) => `${method} ${url}`),
      ids: found?.tasks.map(({ taskId }) => taskId),
      isComplete: found?.isComplete,
    }
  }
  const pageOf = (name: string, count: number) =>
    Array.from({ length: count }, (_, at) => task(`${name}${at}`, 0, 'wan2.7-videoedit'))

  test('is read page by page, each task once', async () => {
    const again = [...pageOf('a', 2), ...pageOf('b', 1)]
    const { asked, ids } = await listing([
      { data: pageOf('a', 2), total_page: 2 },
      { data: again, total_page: 2 },
      { data: pageOf('c', 1), total_page: 2 },
    ])
    const search = 'model_name=wan2.7-videoedit&page_no=1&page_size=50'
    expect(asked).toEqual([
      `GET https://h.example/api/v1/tasks/?${search}`,
      `GET https://h.example/api/v1/tasks/?${search.replace('no=1', 'no=2')}`,
    ])
    expect(ids).toEqual(['a0', 'a1', 'b0'])
  })

  test.each([
    ['an empty page', [pageOf('a', 50), pageOf('b', 49), [], pageOf('c', 50)], 3, true],
    ['twenty pages', Array.from({ length: 30 }, (_, at) => pageOf(`${at}-`, 50)), 20, false],
  ])('without a number of pages ends with %s', async (_what, pages, count, complete) => {
    const { asked, isComplete } = await listing(pages.map((data) => ({ data })))
    expect([asked.length, isComplete]).toEqual([count, complete])
  })

  test('ends with an empty page, whatever the number of pages', async () => {
    expect((await listing([{ data: [], total_page: 9 }])).asked).toHaveLength(1)
  })
})

test.each(['data', 'output'])('a policy may be in %s', (member) => {
  const policy = {
    policy: 'p',
    signature: 's',
    oss_access_key_id: 'id',
    upload_dir: 'd',
    upload_host: 'https://oss.example',
    expire_in_seconds: '300',
    max_file_size_mb: '',
    x_oss_object_acl: 'private',
    x_oss_forbid_overwrite: true,
  }
  expect(policyAnswer.parse({ [member]: policy })).toEqual({
    ...policy,
    expire_in_seconds: 300,
    max_file_size_mb: null,
    x_oss_forbid_overwrite: 'true',
  })
})

describe('the create call', () => {
  const bodyOf = (...urls: string[]) =>
    dashScopeBody(
      modeRow(providerRows.dashscope, 'edit'),
      anEdit({}, { media: [aClip(urls[0]), ...urls.slice(1).map(anImage)] }),
    )

  test('names the storage only if a file is there', () => {
    const header = 'X-DashScope-OssResourceResolve'
    expect(createHeaders(bodyOf('https://h.example/oss://', 'https://h.example'))).toEqual({
      'X-DashScope-Async': 'enable',
    })
    expect(createHeaders(bodyOf('https://h.example', 'oss://b/1.png'))).toEqual({
      'X-DashScope-Async': 'enable',
      [header]: 'enable',
    })
  })
})
