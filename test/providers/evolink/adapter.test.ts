import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { adapter } from '../../../main/providers/evolink/adapter'
import { createHttp } from '../../../main/providers/http/http'
import { type LocalFile, StorageRefusal, type WithPng } from '../../../main/providers/provider'
import { providerRows } from '../../../preload/contract'
import { aCall, aClip, anEdit, failing, hastyClock } from '../../support/connected-provider'
import { type EvoLinkServerOptions, startEvoLinkServer } from '../../support/evolink-server'
import { portalPage } from '../../support/portal-page'
import type { Fault } from '../../support/strict-faults'
import { temporaryFolder } from '../../support/temporary-folder'

const connect = async (options: EvoLinkServerOptions & { withPng?: WithPng } = {}) => {
  const server = await startEvoLinkServer(options)
  const http = createHttp()
  onTestFinished(async () => {
    await http.close()
    await server.stop()
  })
  let names = 0
  const { withPng } = options
  const provider = adapter({
    row: providerRows.evolink,
    baseUrl: `${server.url}/v1/`,
    filesUrl: server.filesUrl,
    key: () => server.key,
    http,
    clock: hastyClock(),
    unique: () => `unique-${++names}`,
    ...(withPng ? { withPng } : {}),
  })
  return { server, provider }
}

const aFile = (contentType = 'video/mp4', name = 'Mein Urlaub ☀.MP4'): LocalFile => {
  const file = path.join(temporaryFolder(), 'file')
  writeFileSync(file, Buffer.alloc(300_000, 'clip'))
  return { path: file, name, contentType, bytes: 300_000 }
}

test('sends every default under its own names', async () => {
  const { server, provider } = await connect()
  await provider.create(anEdit({ sound: 'keep', seed: 1, ratio: '9:16', cut: 4 }), aCall())
  const more = { media: [aClip()], prompt: '', negativePrompt: 'blur' }
  const callbackUrl = 'https://münchen.example/fertig ß'.replace(' ', '%20')
  await provider.create(
    anEdit({ quality: '1080p', promptExtend: false, callbackUrl }, more),
    aCall(),
  )
  expect(server.bodies).toEqual([
    {
      model: 'wan2.7-video-edit',
      prompt: 'make it snow',
      video_urls: ['https://h.example/clip.mp4'],
      image_urls: ['https://h.example/ref.png'],
      keep_original_sound: true,
      quality: '720p',
      aspect_ratio: '9:16',
      duration: 4,
      seed: 1,
      prompt_extend: true,
    },
    {
      model: 'wan2.7-video-edit',
      negative_prompt: 'blur',
      video_urls: ['https://h.example/clip.mp4'],
      keep_original_sound: false,
      quality: '1080p',
      duration: 0,
      prompt_extend: false,
      callback_url: 'https://xn--mnchen-3ya.example/fertig%20%C3%9F',
    },
  ])
  expect(server.violations).toEqual([])
})

test('uploads a complete clip under an ASCII name, with progress', async () => {
  const { server, provider } = await connect()
  const file = aFile()
  const seen: number[] = []
  const url = await provider.upload?.('edit', file, {
    ...aCall(),
    onProgress: (part) => seen.push(part),
  })
  expect(server.files).toMatchObject([
    {
      name: 'unique-1.mp4',
      contentType: 'video/mp4',
      sha256: createHash('sha256').update(readFileSync(file.path)).digest('hex'),
      url,
    },
  ])
  expect(seen.at(-1)).toBe(1)
  expect(server.violations).toEqual([])
})

test('leaves a clip that it does not accept to another storage', async () => {
  const { provider } = await connect({ storesVideo: false })
  const error = await failing(provider.upload?.('edit', aFile(), aCall()))
  expect(error).toBeInstanceOf(StorageRefusal)
  expect(error.failure.text.values['code']).toContain('Unsupported file type')
})

test('repeats an upload after temporary trouble, not after a bad key', async () => {
  const { server, provider } = await connect()
  server.next(
    'upload',
    { kind: 'status', status: 503 },
    { kind: 'reset' },
    { kind: 'status', status: 429, headers: { 'retry-after': '3' } },
  )
  expect(await provider.upload?.('edit', aFile(), aCall())).toContain('unique-4.mp4')
  server.next('upload', { kind: 'status', status: 401, code: 'unauthorized' })
  const error = await failing(provider.upload?.('edit', aFile(), aCall()))
  expect([error.failure.kind, error instanceof StorageRefusal]).toEqual(['auth', false])
  expect(server.calls.upload).toBe(5)
})

test('a refusal with status 200 is a refusal', async () => {
  const { server, provider } = await connect()
  const text = '{"success":false,"code":413,"msg":"file too large"}'
  server.next('upload', { kind: 'body', text })
  expect(await failing(provider.upload?.('edit', aFile(), aCall()))).toBeInstanceOf(StorageRefusal)
})

test('the page of a network is no refusal of the file', async () => {
  const { server, provider } = await connect()
  const page: Fault = { kind: 'body', text: portalPage }
  server.next('upload', ...Array.from({ length: 9 }, () => page))
  const error = await failing(provider.upload?.('edit', aFile(), aCall()))
  expect([error.failure.text.key, error.failure.action, error instanceof StorageRefusal]).toEqual([
    'failure.network_portal',
    'reconnect',
    false,
  ])
})

test('converts BMP to PNG', async () => {
  const withPng: WithPng = async (file, _call, use) =>
    use({ ...file, name: 'ref.png', contentType: 'image/png' })
  const { server, provider } = await connect({ withPng })
  await provider.upload?.('edit', aFile('image/bmp', 'ref.bmp'), aCall())
  expect(server.files).toMatchObject([{ name: 'unique-1.png', contentType: 'image/png' }])
  expect(server.violations).toEqual([])
})

test.each([
  [
    { user: 120.5, token: 100, unlimited: false },
    { amount: 100, ofKey: true },
  ],
  [
    { user: 80, token: 100, unlimited: false },
    { amount: 80, ofKey: false },
  ],
  [
    { user: 120.5, token: 0, unlimited: true },
    { amount: 120.5, ofKey: false },
  ],
])('with %j the balance is %j', async (credits, expected) => {
  const { server, provider } = await connect()
  server.credits = credits
  expect(await provider.balance?.(aCall())).toEqual({ ...expected, currency: 'credits' })
})

test('reports the billed credits where the answer contains them', async () => {
  const { server, provider } = await connect({ words: ['completed'] })
  const { id } = server.addTask()
  expect(await provider.query(id, aCall())).toMatchObject({ usage: null })
  server.used = 58.5
  expect(await provider.query(id, aCall())).toMatchObject({
    usage: { cost: { currency: 'credits', amount: 58.5 } },
  })
})

test('waits a minute after a rate limit without a Retry-After header', async () => {
  const { server, provider } = await connect()
  server.next('query', { kind: 'status', status: 429, code: 'rate_limit_exceeded' })
  expect((await failing(provider.query('task-unified-1', aCall()))).retryAfter).toBe(60_000)
})

test('asks for a minute after a rate limit of an upload', async () => {
  const { server, provider } = await connect()
  server.next('upload', { kind: 'status', status: 429 })
  expect((await failing(provider.upload?.('edit', aFile(), aCall()))).retryAfter).toBe(60_000)
})
