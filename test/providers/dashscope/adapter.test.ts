import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createDashScope } from '../../../main/providers/dashscope/adapter'
import { createHttp, type HttpLimits } from '../../../main/providers/http/http'
import type { Provider } from '../../../main/providers/provider'
import { providerRows } from '../../../preload/contract'
import { aClip, anEdit, anImage, failing, limitsUnder } from '../../support/connected-provider'
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

const connect = (
  options: { baseUrl?: string; key?: string | null; limits?: Partial<HttpLimits> } = {},
): Provider => {
  const http = createHttp(options.limits)
  closers.push(http.close)
  return createDashScope({
    row: providerRows.dashscope,
    baseUrl: options.baseUrl ?? server.url,
    key: () => (options.key === undefined ? server.key : options.key),
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
  const url = await provider.upload?.(file, call())
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
  const data = `data:image/png;base64,${'A'.repeat(400)}`
  const created = await connect().create(
    edit(
      {},
      {
        prompt: '',
        negativePrompt: 'blur',
        media: [aClip(), anImage('https://h.example/1.png'), anImage(data)],
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
        { type: 'reference_image', url: data },
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
  expect(JSON.stringify(created.sent).length).toBeLessThan(600)
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
    ['500', { kind: 'status', status: 500, code: 'InternalError' }, 'temporary', 'maybe'],
    ['503 text', { kind: 'body', status: 503, text: '<html>busy</html>' }, 'temporary', 'maybe'],
    ['reset before', { kind: 'reset' }, 'temporary', 'maybe'],
    ['reset after', { kind: 'reset', effect: true }, 'temporary', 'maybe'],
    ['stall', { kind: 'stall', effect: true }, 'temporary', 'maybe'],
    ['stalled body', { kind: 'stall-body', effect: true }, 'temporary', 'maybe'],
    ['slow body', { kind: 'slow-body', milliseconds: 100 }, 'temporary', 'maybe'],
    ['empty body', { kind: 'body', text: '', effect: true }, 'temporary', 'maybe'],
    ['malformed body', { kind: 'body', text: '{"output":', effect: true }, 'temporary', 'maybe'],
    ['no task id', { kind: 'body', text: '{"output":{}}', effect: true }, 'temporary', 'maybe'],
    ['huge body', { kind: 'body', text: 'x'.repeat(3_000_000) }, 'unknown', 'maybe'],
    ['redirect', { kind: 'redirect', status: 307 }, 'unknown', 'refused'],
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

  test.each([
    ['seconds', '7', 7000],
    ['a date', 'Wed, 21 Oct 2015 07:28:00 GMT', 0],
    ['nonsense', 'soon', null],
  ])('passes on Retry-After as %s', async (_, header, milliseconds) => {
    const headers = { 'retry-after': header }
    server.next('create', { kind: 'status', status: 429, code: 'Throttling', headers })
    expect((await failing(connect().create(edit(), call()))).retryAfter).toBe(milliseconds)
  })

  test('that was never sent may be repeated', async () => {
    const listener = createServer().listen(0, '127.0.0.1')
    const address = listener.address()
    const port = typeof address === 'object' && address ? address.port : 0
    await new Promise((resolve) => listener.close(resolve))
    for (const baseUrl of [
      `http://127.0.0.1:${port}`,
      'http://no-such-host.invalid',
      server.url.replace('http:', 'https:'),
    ]) {
      const error = await failing(connect({ baseUrl }).create(edit(), call()))
      expect([error.failure.kind, error.failure.action, error.sent]).toEqual([
        'temporary',
        'reconnect',
        'no',
      ])
    }
    expect(server.calls.create).toBe(0)
  })

  test.each([null, '', 'sk-ключ', 'sk-a\nb'])('with the key %j asks for a key', async (key) => {
    const error = await failing(connect({ key }).create(edit(), call()))
    expect([error.failure.action, error.sent]).toEqual(['enter-key', 'no'])
    expect(server.calls.create).toBe(0)
  })

  test('can be stopped', async () => {
    server.next('create', { kind: 'stall' })
    const controller = new AbortController()
    const created = connect().create(edit(), { signal: controller.signal })
    void expect
      .poll(() => server.calls.create)
      .toBe(1)
      .then(() => controller.abort())
    await expect(created).rejects.toMatchObject({ name: 'AbortError' })
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
      'no result',
      output({ ...done, video_url: '' }),
      { status: 'failed', failure: { kind: 'unknown' } },
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

test('lists the tasks since then over all pages', async () => {
  const now = Date.now()
  for (let i = 0; i < 120; i += 1) server.addTask(now - 1000)
  server.addTask(now - 7_200_000)
  const listed = await connect().list?.(now - 3_600_000, call())
  expect(listed).toHaveLength(120)
  expect(server.calls.list).toBe(3)
  expect(server.violations).toEqual([])
})

test('a key is tested without creating a task', async () => {
  await connect().test(call())
  expect((await failing(connect({ key: 'sk-other' }).test(call()))).failure.kind).toBe('auth')
  expect(server.tasks.size).toBe(0)
})
