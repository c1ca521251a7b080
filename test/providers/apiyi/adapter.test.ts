import { expect, onTestFinished, test } from 'vitest'
import { adapter, createPace } from '../../../main/providers/apiyi/adapter'
import { createHttp } from '../../../main/providers/http/http'
import { providerRows } from '../../../preload/contract'
import { startApiyiServer } from '../../support/apiyi-server'
import { aCall, anEdit, hastyClock, recordingHttp } from '../../support/connected-provider'
import { createVirtualClock } from '../../support/virtual-clock'

const connect = async (words: readonly string[] = ['completed'], clock = hastyClock()) => {
  const server = await startApiyiServer({ words, now: clock.now })
  const http = createHttp()
  onTestFinished(async () => {
    await http.close()
    await server.stop()
  })
  const key = () => server.key
  const open = () => adapter({ row: providerRows.apiyi, baseUrl: server.url, key, http, clock })
  return { server, open, provider: open() }
}

test('sends documented parameters always and others only when they are chosen', async () => {
  const { server, provider } = await connect()
  await provider.create(anEdit(), aCall())
  await provider.create(anEdit({ sound: 'keep', seed: 0, ratio: '1:1', cut: 4 }), aCall())
  const media = [
    { type: 'video', url: 'https://h.example/clip.mp4' },
    { type: 'reference_image', url: 'https://h.example/ref.png' },
  ]
  const input = { prompt: 'make it snow', media }
  const always = { resolution: '720P', prompt_extend: true, watermark: false }
  const chosen = { seed: 0, ratio: '1:1', duration: 4, audio_setting: 'origin' }
  expect(server.bodies).toEqual([
    { model: 'wan2.7-videoedit', input, parameters: always },
    { model: 'wan2.7-videoedit', input, parameters: { ...always, ...chosen } },
  ])
  expect(server.violations).toEqual([])
})

test.each([
  [30, 0.3],
  ['30%', 0.3],
  ['30', 0.3],
  ['soon', null],
  [null, null],
  [250, 1],
])('progress %j is %j', async (progress, fraction) => {
  const { server, provider } = await connect(['in_progress'])
  const { id } = server.addTask()
  server.next('query', { kind: 'members', members: { progress } })
  expect(await provider.query(id, aCall())).toMatchObject({ progress: fraction })
})

const failed = { status: 'failed', progress: 100 }
test.each([
  [
    { ...failed, error: { message: '[InvalidImageUrl] cannot download' } },
    'temporary',
    'InvalidImageUrl',
  ],
  [{ ...failed, error: '[InvalidParameter] bad' }, 'invalid-input', 'InvalidParameter'],
  [
    { ...failed, error: undefined, fail_reason: '[DataInspectionFailed] no' },
    'moderation',
    'DataInspectionFailed',
  ],
  [{ ...failed, error: {}, fail_reason: 'contains sensitive words' }, 'moderation', null],
  [{ ...failed, error: null }, 'unknown', null],
])('the failure %j is %s', async (members, kind, code) => {
  const { server, provider } = await connect()
  const { id } = server.addTask()
  server.next('query', { kind: 'members', members })
  expect(await provider.query(id, aCall())).toMatchObject({
    status: 'failed',
    failure: { kind, provider: { code } },
  })
})

test.each([
  [{ data: { task_id: 't', status: 'COMPLETED', result_url: 'https://h.example/o.mp4' } }],
  [{ output: { task_status: 'SUCCEEDED', video_url: 'https://h.example/o.mp4' }, request_id: 'r' }],
  [{ status: 'success', result_url: 'https://h.example/o.mp4', progress: '100%' }],
])('the answer %j is understood', async (answer) => {
  const { server, provider } = await connect()
  server.next('query', { kind: 'body', text: JSON.stringify(answer) })
  expect(await provider.query('t', aCall())).toMatchObject({
    status: 'succeeded',
    resultUrl: 'https://h.example/o.mp4',
  })
})

test('queries one task at most every 3 s and other tasks at once', async () => {
  const clock = createVirtualClock()
  const pace = createPace(clock, 3000)
  const { signal } = new AbortController()
  const passed: string[] = []
  const ask = (name: string) => pace(name, signal).then(() => passed.push(name))
  for (const name of ['a', 'a', 'b', 'a']) void ask(name)
  await clock.settle()
  expect(passed).toEqual(['a', 'b'])
  await clock.advance(2999)
  expect(passed).toEqual(['a', 'b'])
  await clock.advance(1)
  expect(passed).toEqual(['a', 'b', 'a'])
  await clock.advance(3000)
  expect(passed).toEqual(['a', 'b', 'a', 'a'])
})

test('a new process asks as if an earlier one had just done so', async () => {
  const { server, open } = await connect()
  const { id } = server.addTask()
  for (let process = 0; process < 3; process++) await open().query(id, aCall())
  expect(server.violations).toEqual([])
})

test('a pace remembers the newest 500 tasks, and ends with its signal', async () => {
  const clock = createVirtualClock()
  const pace = createPace(clock, 3000)
  const { signal } = new AbortController()
  let passed = false
  for (let at = 0; at < 500; at++) await pace(`task-${at}`, signal)
  void pace('task-0', signal).then(() => {
    passed = true
  })
  await clock.settle()
  expect(passed).toBe(false)
  await clock.advance(3000)
  for (let at = 500; at <= 1000; at++) await pace(`task-${at}`, signal)
  // The oldest is forgotten: no wait.
  await pace('task-500', signal)
  passed = false
  const stop = new AbortController()
  const waiting = pace('task-1000', stop.signal).then(() => {
    passed = true
  })
  await clock.settle()
  expect(passed).toBe(false)
  stop.abort()
  await expect(waiting).rejects.toMatchObject({ name: 'AbortError' })
})

test('a pace counts from the last question', async () => {
  const clock = createVirtualClock()
  const pace = createPace(clock, 3000)
  const { signal } = new AbortController()
  await pace('a', signal)
  for (let at = 1; at < 500; at++) await pace(`task-${at}`, signal)
  await clock.advance(3000)
  await pace('a', signal) // now the newest
  await pace('b', signal)
  let passed = false
  void pace('a', signal).then(() => {
    passed = true
  })
  await clock.advance(2999)
  expect(passed).toBe(false)
  await clock.advance(1)
  expect(passed).toBe(true)
})

test.each([
  ['', ''],
  ['/wan/api/v1', ''],
  ['/wan', ''],
  ['/v1', ''],
  ['/gateway/', '/gateway'],
])('the address may end with %j', async (end, kept) => {
  const output = { task_id: 't', task_status: 'RUNNING' }
  const { http, asked } = recordingHttp(() => ({ body: { output } }))
  const provider = adapter({
    row: providerRows.apiyi,
    baseUrl: `https://h.example${end}`,
    key: () => 'sk-1',
    http,
    clock: hastyClock(),
  })
  expect(await provider.create(anEdit(), aCall())).toMatchObject({ taskId: 't', requestId: null })
  expect(asked[0]).toMatchObject({
    method: 'POST',
    url: `https://h.example${kept}/wan/api/v1/services/aigc/video-generation/video-synthesis`,
    headers: { 'X-DashScope-Async': 'enable', 'Accept-Encoding': 'identity' },
    fresh: true,
  })
  await provider.query('a/b', aCall())
  await provider.test(aCall())
  expect(asked.slice(1).map(({ method, url }) => `${method} ${url}`)).toEqual([
    `GET https://h.example${kept}/v1/tasks/a%2Fb`,
    `GET https://h.example${kept}/v1/tasks/00000000-0000-0000-0000-000000000000`,
  ])
})

test.each([
  [404, 'task_not_exist', true],
  [400, 'InvalidParameter', true],
  [401, 'invalid_token', false],
  [500, 'panic', false],
])(
  'a key is accepted by the refusal %i %s of the task alone: %s',
  async (status, code, accepted) => {
    const { server, provider } = await connect()
    server.next('query', { kind: 'status', status, code })
    const test = await provider.test(aCall()).then(
      () => true,
      () => false,
    )
    expect(test).toBe(accepted)
  },
)

test('without an answer a key is not accepted', async () => {
  const { server, provider } = await connect()
  server.next('query', { kind: 'reset' })
  await expect(provider.test(aCall())).rejects.toMatchObject({ name: 'ProviderError' })
})

test('tests a key at most that often', async () => {
  const clock = createVirtualClock()
  const { server, provider } = await connect(['completed'], clock)
  await provider.test(aCall())
  const second = provider.test(aCall())
  await clock.settle()
  expect(server.calls.query).toBe(1)
  await clock.advance(3_200)
  await second
  expect(server.calls.query).toBe(2)
  expect(server.violations).toEqual([])
})
