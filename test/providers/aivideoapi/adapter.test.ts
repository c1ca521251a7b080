import { expect, onTestFinished, test } from 'vitest'
import { nearestRatio } from '../../../main/preflight/geometry'
import { adapter } from '../../../main/providers/aivideoapi/adapter'
import {
  aiVideoApiRefusal,
  aiVideoApiStatus,
  taskAnswer,
} from '../../../main/providers/aivideoapi/answers'
import { createHttp } from '../../../main/providers/http/http'
import { modeRow, providerRows } from '../../../preload/contract'
import { startAiVideoApiServer } from '../../support/aivideoapi-server'
import {
  aCall,
  aClip,
  anEdit,
  anImage,
  failing,
  recordingHttp,
} from '../../support/connected-provider'

const connect = async () => {
  const server = await startAiVideoApiServer()
  const http = createHttp()
  onTestFinished(async () => {
    await http.close()
    await server.stop()
  })
  const key = () => server.key
  return {
    server,
    provider: adapter({ row: providerRows.aivideoapi, baseUrl: server.url, key, http }),
  }
}

test('sends every default, always a ratio, and only the first image', async () => {
  const { server, provider } = await connect()
  const clip = { role: 'clip', url: 'https://h.example/clip.mov' } as const
  const images = [anImage('https://h.example/1.png'), anImage('https://h.example/2.png')]
  const media = [{ ...clip, size: { width: 1080, height: 1900 } }, ...images]
  await provider.create(anEdit({}, { media }), aCall())
  const callbackUrl = 'https://h.example/done'
  await provider.create(
    anEdit({ ratio: '4:3', seed: 0, sound: 'keep', cut: 3, quality: '1080p', callbackUrl }),
    aCall(),
  )
  expect(server.bodies).toEqual([
    {
      model: 'wan-2.7-video-edit',
      input: {
        prompt: 'make it snow',
        video_urls: ['https://h.example/clip.mov'],
        image_urls: ['https://h.example/1.png'],
        aspect_ratio: '9:16',
        resolution: '720p',
        duration: 0,
        audio_setting: 'auto',
        prompt_extend: true,
        watermark: false,
      },
    },
    {
      model: 'wan-2.7-video-edit',
      input: {
        prompt: 'make it snow',
        video_urls: ['https://h.example/clip.mp4'],
        image_urls: ['https://h.example/ref.png'],
        aspect_ratio: '4:3',
        resolution: '1080p',
        duration: 3,
        audio_setting: 'origin',
        prompt_extend: true,
        watermark: false,
        seed: 0,
      },
      callback_url: callbackUrl,
    },
  ])
  expect(server.violations).toEqual([])
})

test.each([
  [1920, 1080, '16:9'],
  [3840, 1600, '16:9'],
  [1080, 1920, '9:16'],
  [300, 2400, '9:16'],
  [1000, 1000, '1:1'],
  [1100, 1000, '1:1'],
  [1200, 1000, '4:3'],
  [640, 480, '4:3'],
  [480, 640, '3:4'],
  [1500, 1000, '4:3'],
  [1600, 1000, '16:9'],
] as const)('%i x %i is nearest to %s', (width, height, ratio) => {
  expect(
    nearestRatio({ width, height }, modeRow(providerRows.aivideoapi, 'edit').limits.ratios),
  ).toBe(ratio)
})

test('also reads a task inside the envelope of the other calls', async () => {
  const { server, provider } = await connect()
  server.wraps = true
  const { id } = server.addTask(Date.now(), ['completed'])
  expect(await provider.query(id, aCall())).toMatchObject({ status: 'succeeded' })
})

test('an upstream error is final for a create and temporary for a query', async () => {
  const { server, provider } = await connect()
  const fault = { kind: 'status', status: 503, code: 'upstream_error' } as const
  server.next('create', fault)
  const refused = await failing(provider.create(anEdit(), aCall()))
  expect([refused.failure.kind, refused.sent]).toEqual(['unknown', 'refused'])
  server.next('query', fault)
  expect((await failing(provider.query('t', aCall()))).failure.kind).toBe('temporary')
})

test('reads the balance in credits', async () => {
  const { provider } = await connect()
  expect(await provider.balance?.(aCall())).toEqual({
    amount: 1000,
    currency: 'credits',
    ofKey: false,
  })
})

test.each([
  [{ error: { code: 'c', message: 'm' } }, { code: 'c', message: 'm', requestId: null }],
  [
    { error: 'words', code: 402, msg: 'm' },
    { code: '402', message: 'm', requestId: null },
  ],
  [{ code: 402 }, { code: '402', message: null, requestId: null }],
  [{ code: 200, msg: 'ok' }, null],
  [{ msg: 'm' }, null],
  ['text', null],
])('%j refuses with %j', (body, expected) => {
  expect(aiVideoApiRefusal(body)).toEqual(expected)
})

test.each([
  ['PENDING', 'pending'],
  ['processing', 'running'],
  ['failed', 'failed'],
  ['cancelled', 'unknown'],
])('the state %s is %s', (word, status) => {
  const answer = taskAnswer.parse({ status: word, progress: '40' })
  expect(aiVideoApiStatus(answer)).toMatchObject({
    status,
    requestId: null,
    ...(/pend|proc/i.test(word) ? { progress: 0.4 } : {}),
  })
})

test('without images and words their members are left out', async () => {
  const { server, provider } = await connect()
  await provider.create(
    anEdit({}, { media: [aClip()], prompt: '', negativePrompt: 'blur' }),
    aCall(),
  )
  expect(server.bodies).toMatchObject([{ input: { negative_prompt: 'blur' } }])
  const [body] = server.bodies
  expect(JSON.stringify(body)).not.toMatch(/image_urls|"prompt"/)
})

test.each(['', '/', '/v1', '/v1/'])('the address may end with %j', async (end) => {
  const { http, asked } = recordingHttp(() => ({ body: { data: { taskId: 't' } } }))
  const provider = adapter({
    row: providerRows.aivideoapi,
    baseUrl: `https://h.example${end}`,
    key: () => 'sk-1',
    http,
  })
  await provider.test(aCall())
  await provider.create(anEdit(), aCall())
  await provider.query('a/b', aCall()).catch(() => undefined)
  await provider.balance?.(aCall()).catch(() => undefined)
  expect(asked.map(({ method, url, fresh }) => [method, url, fresh ?? false])).toEqual([
    ['GET', 'https://h.example/v1/credits', false],
    ['POST', 'https://h.example/v1/videos/generations', true],
    ['GET', 'https://h.example/v1/tasks/a%2Fb', false],
    ['GET', 'https://h.example/v1/credits', false],
  ])
})
