import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createDashScope } from '../../../main/providers/dashscope/adapter'
import { createHttp, type HttpLimits } from '../../../main/providers/http/http'
import { type Provider, StorageRefusal } from '../../../main/providers/provider'
import { providerRows } from '../../../preload/contract'
import {
  aClip,
  anEdit,
  anImage,
  failing,
  limitsUnder,
  recordingHttp,
} from '../../support/connected-provider'
import {
  type DashScopeServer,
  type Fault,
  startDashScopeServer,
} from '../../support/dashscope-server'

let server: DashScopeServer
let folder: string
const closers: (() => Promise<void>)[] = []
let names = 0

const call = () => ({ signal: new AbortController().signal })

const connect = (options: { limits?: Partial<HttpLimits> } = {}): Provider => {
  const http = createHttp(options.limits)
  closers.push(http.close)
  return createDashScope({
    row: providerRows.dashscope,
    baseUrl: server.url,
    key: () => server.key,
    http,
    clock: { now: Date.now, sleep: async () => {} },
    unique: () => `unique-${++names}`,
  })
}

const edit = (
  options: Parameters<typeof anEdit>[0] = {},
  more: Parameters<typeof anEdit>[1] = {},
) => anEdit(options, { media: [aClip()], ...more })

beforeEach(async () => {
  server = await startDashScopeServer()
  folder = mkdtempSync(join(tmpdir(), 'dashscope-'))
})
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()))
  await server.stop()
  rmSync(folder, { recursive: true })
})

test('uploads, creates, follows and finishes an edit without a violation', async () => {
  const provider = connect()
  const path = join(folder, 'clip.mp4')
  writeFileSync(path, Buffer.alloc(700_000, 'clip'))
  const file = { path, name: 'Mein Urlaub ☀.MP4', contentType: 'video/mp4', bytes: 700_000 }
  const url = await provider.upload?.('edit', file, call())
  expect(url).toMatch(/^oss:\/\/dashscope-instant\/[\x21-\x7e]+\/unique-\d+\.mp4$/)
  const options = { sound: 'keep', seed: 7, ratio: '9:16', cut: 4, quality: '1080p' } as const
  const created = await provider.create(edit(options, { media: [aClip(url)] }), call())
  const seen: string[] = []
  for (let i = 0; i < 3; i += 1) seen.push((await provider.query(created.taskId, call())).status)
  expect(seen).toEqual(['pending', 'running', 'succeeded'])
  expect(server.violations).toEqual([])
  expect(server.bodies).toEqual([
    {
      model: 'wan2.7-videoedit',
      input: { prompt: 'make it snow', media: [{ type: 'video', url }] },
      parameters: {
        resolution: '1080P',
        ratio: '9:16',
        duration: 4,
        audio_setting: 'origin',
        prompt_extend: true,
        watermark: false,
        seed: 7,
      },
    },
  ])
})

test('sends every default and leaves out only options without a choice', async () => {
  const created = await connect().create(
    edit(
      {},
      {
        prompt: '',
        negativePrompt: 'blur',
        media: [aClip(), anImage('https://h.example/1.png'), anImage('https://h.example/2.png')],
      },
    ),
    call(),
  )
  expect(server.bodies[0]).toEqual({
    model: 'wan2.7-videoedit',
    input: {
      negative_prompt: 'blur',
      media: [
        { type: 'video', url: 'https://h.example/clip.mp4' },
        { type: 'reference_image', url: 'https://h.example/1.png' },
        { type: 'reference_image', url: 'https://h.example/2.png' },
      ],
    },
    parameters: {
      resolution: '720P',
      duration: 0,
      audio_setting: 'auto',
      prompt_extend: true,
      watermark: false,
    },
  })
  expect(created.sent).toEqual(server.bodies[0])
  expect(server.violations).toEqual([])
})

describe('a create', () => {
  const table: [string, Fault, string, string][] = [
    [
      '429 rate limit',
      { kind: 'status', status: 429, code: 'Throttling.RateQuota' },
      'rate-limit',
      'refused',
    ],
    [
      '429 billing',
      { kind: 'status', status: 429, code: 'PostpaidBillOverdue' },
      'billing',
      'refused',
    ],
    ['400 arrears', { kind: 'status', status: 400, code: 'Arrearage' }, 'billing', 'refused'],
    [
      '400 moderation',
      { kind: 'status', status: 400, code: 'DataInspectionFailed' },
      'moderation',
      'refused',
    ],
    ['401', { kind: 'status', status: 401, code: 'InvalidApiKey' }, 'auth', 'refused'],
    ['418 undocumented', { kind: 'status', status: 418, code: 'Teapot' }, 'unknown', 'refused'],
    ['no task id', { kind: 'body', text: '{"output":{}}', effect: true }, 'temporary', 'maybe'],
  ]
  test.each(table)(
    'with %s is sent once and gives the right failure',
    async (_, fault, kind, sent) => {
      server.next('create', fault)
      const provider = connect({ limits: limitsUnder(fault) })
      const error = await failing(provider.create(edit(), call()))
      expect([error.failure.kind, error.sent]).toEqual([kind, sent])
      expect(server.calls.create).toBe(1)
      expect(server.elsewhere).toHaveLength(0)
    },
  )

  test('with a Retry-After that is no time passes on none', async () => {
    const headers = { 'retry-after': 'soon' }
    server.next('create', { kind: 'status', status: 429, code: 'Throttling', headers })
    expect((await failing(connect().create(edit(), call()))).retryAfter).toBeNull()
  })
})

describe('a task', () => {
  const output = (output: Record<string, unknown>, usage?: unknown): Fault => ({
    kind: 'output',
    output,
    ...(usage === undefined ? {} : { usage }),
  })
  const done = { task_status: 'SUCCEEDED', video_url: 'https://h.example/o.mp4' }
  const table: [string, Fault, Record<string, unknown>][] = [
    ['SUSPENDED', output({ task_status: 'SUSPENDED' }), { status: 'pending' }],
    ['CANCELED', output({ task_status: 'CANCELED' }), { status: 'cancelled' }],
    ['CANCELLED', output({ task_status: 'CANCELLED' }), { status: 'cancelled' }],
    ['UNKNOWN', output({ task_status: 'UNKNOWN' }), { status: 'unknown', word: 'UNKNOWN' }],
    ['a new word', output({ task_status: 'DREAMING' }), { status: 'unknown', word: 'DREAMING' }],
    ['no usage', output(done, null), { status: 'succeeded', usage: null }],
    [
      'numbers in strings',
      output(done, { duration: '10.08', input_video_duration: '', SR: '720' }),
      { status: 'succeeded', usage: { seconds: 10.08, input: null, output: null } },
    ],
    [
      'moderation',
      output({ task_status: 'FAILED', code: 'DataInspectionFailed', message: 'no' }),
      { status: 'failed', failure: { kind: 'moderation', provider: { message: 'no' } } },
    ],
    [
      'a timeout of its own',
      output({ task_status: 'FAILED', code: 'InternalError.Timeout' }),
      { status: 'failed', failure: { kind: 'temporary' } },
    ],
    [
      'no reason',
      output({ task_status: 'FAILED', code: '' }),
      { status: 'failed', failure: { kind: 'unknown' } },
    ],
  ]
  test.each(table)('that answers %s is understood', async (_, fault, expected) => {
    const task = server.addTask()
    server.next('query', fault)
    expect(await connect().query(task.id, call())).toMatchObject(expected)
  })

  test('is cancelled while it waits and not later', async () => {
    const provider = connect()
    const waiting = server.addTask(Date.now(), ['PENDING'])
    const running = server.addTask(Date.now(), ['RUNNING'])
    expect(await provider.cancel?.(waiting.id, call())).toBe('cancelled')
    expect(await provider.cancel?.(running.id, call())).toBe('too-late')
    expect((await provider.query(waiting.id, call())).status).toBe('cancelled')
  })
})

describe('an error of the service', () => {
  test('while a task is cancelled is passed on', async () => {
    const provider = connect()
    server.next('cancel', { kind: 'status', status: 401, code: 'InvalidApiKey' })
    await expect(provider.cancel?.('nobody', call())).rejects.toMatchObject({
      failure: { kind: 'auth' },
    })
    server.next('cancel', { kind: 'reset' })
    await expect(provider.cancel?.('nobody', call())).rejects.toMatchObject({
      failure: { kind: 'temporary', provider: null },
    })
    await expect(provider.cancel?.('nobody', { signal: AbortSignal.abort() })).rejects.toThrow(
      expect.objectContaining({ name: 'AbortError' }),
    )
  })

  test.each([
    [403, true],
    [404, true],
    [400, false],
  ])('with HTTP %i for a policy leaves the file to another storage: %s', async (status, leaves) => {
    server.next('policy', { kind: 'status', status, code: 'No' })
    const path = join(folder, 'a.mp4')
    writeFileSync(path, 'clip')
    const file = { path, name: 'a.mp4', contentType: 'video/mp4', bytes: 4 }
    const error = await failing(connect().upload?.('edit', file, call()))
    expect(error instanceof StorageRefusal).toBe(leaves)
    expect(error.sent).toBe('refused')
    expect(error.failure.provider?.httpStatus).toBe(status)
  })

  test('a lost connection for a policy is no refusal', async () => {
    const resets = Array.from({ length: 4 }, (): Fault => ({ kind: 'reset' }))
    server.next('policy', ...resets)
    const path = join(folder, 'a.mp4')
    writeFileSync(path, 'clip')
    const file = { path, name: 'a.mp4', contentType: 'video/mp4', bytes: 4 }
    const error = await failing(connect().upload?.('edit', file, call()))
    expect([error instanceof StorageRefusal, error.failure.kind]).toEqual([false, 'temporary'])
  })
})

test('answers of this service contain the prompt of a task', () => {
  expect(connect().tellsPrompt).toBe(true)
})

test.each(['', '/', '/api/v1', '/api/v1/'])('the address may end with %j', async (end) => {
  const output = { task_id: 't', task_status: 'RUNNING' }
  const { http, asked } = recordingHttp(() => ({ body: { output } }))
  const provider = createDashScope({
    row: providerRows.dashscope,
    baseUrl: `https://h.example${end}`,
    key: () => 'sk-1',
    http,
    clock: { now: () => 0, sleep: async () => {} },
    unique: () => 'u',
  })
  expect(await provider.create(edit(), call())).toMatchObject({ taskId: 't', requestId: null })
  await provider.query('a/b', call())
  await provider.cancel?.('a/b', call())
  await provider.test(call())
  const file = { path: '/clip.mp4', name: 'clip.mp4', contentType: 'video/mp4', bytes: 4 }
  await provider.upload?.('edit', file, call()).catch(() => undefined)
  const model = 'wan2.7-videoedit'
  const calls = asked.slice(0, 5).map(({ method, url, fresh }) => [method, url, fresh ?? false])
  expect(
    calls.map(([method, url, fresh]) => [method, `${url}`.split('/api/v1')[1], fresh]),
  ).toEqual([
    ['POST', '/services/aigc/video-generation/video-synthesis', true],
    ['GET', '/tasks/a%2Fb', false],
    ['POST', '/tasks/a%2Fb/cancel', false],
    ['GET', '/tasks/?page_no=1&page_size=1', false],
    ['GET', `/uploads?action=getPolicy&model=${model}`, false],
  ])
  for (const { url } of asked) expect(url).toMatch(/^https:\/\/h\.example\/api\/v1\/(?!api)/)
})
