import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createDashScope } from '../../../main/providers/dashscope/adapter'
import { createHttp } from '../../../main/providers/http/http'
import type { Provider } from '../../../main/providers/provider'
import { createUploads } from '../../../main/uploads/uploads'
import { providerRows } from '../../../preload/contract'
import {
  type DashScopeServer,
  type Fault,
  startDashScopeServer,
} from '../../support/dashscope-server'
import { portalPage } from '../../support/portal-page'

let server: DashScopeServer
let provider: Provider
let folder: string
let now: number
let slept: number[]
let name: () => string
const http = createHttp()

const content = Buffer.from('frames '.repeat(40_000))
const file = () => ({
  path: join(folder, 'a.mp4'),
  name: 'a.mp4',
  contentType: 'video/mp4',
  bytes: content.length,
})
const call = () => ({ signal: new AbortController().signal })
const upload = () => createUploads().toUrl(file(), provider, 'edit', call())

beforeEach(async () => {
  now = Date.now()
  slept = []
  let names = 0
  name = () => `n${++names}`
  server = await startDashScopeServer({ now: () => now })
  folder = mkdtempSync(join(tmpdir(), 'storage-'))
  writeFileSync(join(folder, 'a.mp4'), content)
  provider = createDashScope({
    row: providerRows.dashscope,
    baseUrl: `${server.url}/api/v1/`,
    key: () => server.key,
    http,
    clock: {
      now: () => now,
      sleep: async (milliseconds) => {
        slept.push(milliseconds)
      },
    },
    unique: () => name(),
  })
})
afterEach(async () => {
  await server.stop()
  rmSync(folder, { recursive: true })
})

test('the bytes arrive and the address names their object', async () => {
  const url = await upload()
  const stored = server.objects.get(url.replace('oss://', ''))
  expect(stored?.sha256).toBe(createHash('sha256').update(content).digest('hex'))
  expect(server.violations).toEqual([])
})

test('a policy serves several files until shortly before its end', async () => {
  await upload()
  now += 200_000
  await upload()
  expect(server.calls.policy).toBe(1)
  now += 60_000
  await upload()
  expect(server.calls.policy).toBe(2)
  expect(server.objects.size).toBe(3)
})

test('a policy that the storage calls expired is requested again', async () => {
  await upload()
  server.expirePolicies()
  await upload()
  expect(server.calls).toMatchObject({ policy: 2, upload: 3 })
})

test('a name that exists is not used again', async () => {
  const names = ['same', 'same', 'other']
  name = () => names.shift() ?? 'none'
  await upload()
  expect(await upload()).toMatch(/other\.mp4$/)
})

const faults: [string, Fault][] = [
  ['a reset', { kind: 'reset' }],
  ['a reset after it was stored', { kind: 'reset', effect: true }],
  ['503', { kind: 'status', status: 503 }],
]
test.each(faults)('%s is followed by further attempts with growing pauses', async (_, fault) => {
  server.next('upload', fault, fault)
  await upload()
  expect(server.calls.upload).toBe(3)
  expect(slept).toEqual([500, 1000])
})

test('the page of a network does not count as stored', async () => {
  server.next(
    'upload',
    ...Array.from({ length: 9 }, (): Fault => ({ kind: 'body', text: portalPage })),
  )
  await expect(upload()).rejects.toMatchObject({
    failure: {
      kind: 'temporary',
      action: 'reconnect',
      text: { key: 'failure.network_portal', values: { host: new URL(server.filesUrl).host } },
    },
  })
  expect(server.objects.size).toBe(0)
})

test('after the page of a network the file is stored at the next attempt', async () => {
  server.next('upload', { kind: 'body', text: portalPage })
  expect(server.objects.has((await upload()).replace('oss://', ''))).toBe(true)
})

test('anything but an empty body does not count as stored', async () => {
  server.next('upload', ...Array.from({ length: 9 }, (): Fault => ({ kind: 'body', text: 'ok' })))
  await expect(upload()).rejects.toMatchObject({
    failure: { text: { key: 'failure.answer_malformed' } },
  })
})

test('gives up after a few attempts', async () => {
  server.next('upload', ...Array.from({ length: 9 }, (): Fault => ({ kind: 'reset' })))
  await expect(upload()).rejects.toMatchObject({ failure: { kind: 'temporary' } })
  expect(server.calls.upload).toBe(4)
})

test('a refusal of the storage is not repeated and keeps its code', async () => {
  const text =
    '<Error><Code>InvalidAccessKeyId</Code><Message>no</Message><RequestId>R</RequestId></Error>'
  server.next('upload', { kind: 'body', status: 403, text })
  await expect(upload()).rejects.toMatchObject({
    failure: {
      provider: { code: 'InvalidAccessKeyId', message: 'no', requestId: 'R', httpStatus: 403 },
    },
  })
  expect(server.calls.upload).toBe(1)
})

test('a rate limit of the policy call waits as long as the service asks', async () => {
  const headers = { 'retry-after': '3' }
  server.next('policy', { kind: 'status', status: 429, code: 'Throttling.RateQuota', headers })
  await upload()
  expect(slept).toEqual([3000])
})

test.each(['upload.example', 'ftp://upload.example', ''])(
  'a policy for the host "%s" is an answer that cannot be read',
  async (upload_host) => {
    const policy = {
      policy: 'p',
      signature: 's',
      oss_access_key_id: 'k',
      upload_dir: 'd',
      upload_host,
      x_oss_object_acl: 'private',
      x_oss_forbid_overwrite: 'true',
    }
    const fault: Fault = { kind: 'body', text: JSON.stringify({ data: policy }) }
    server.next('policy', fault, fault, fault, fault)
    await expect(upload()).rejects.toMatchObject({
      failure: { text: { key: 'failure.answer_malformed' } },
    })
    expect(server.calls.upload).toBe(0)
  },
)

test('a wrong key is reported at once', async () => {
  server.next('policy', { kind: 'status', status: 401, code: 'InvalidApiKey' })
  await expect(upload()).rejects.toMatchObject({ failure: { kind: 'auth' } })
  expect(server.calls.policy).toBe(1)
})

test('a provider without storage refuses an upload', async () => {
  const { upload: _, ...without } = provider
  await expect(createUploads().toUrl(file(), without, 'edit', call())).rejects.toMatchObject({
    failure: { kind: 'local' },
  })
  const elsewhere = createUploads([{ uploadFor: () => async () => 'https://b.example/a.mp4' }])
  expect(await elsewhere.toUrl(file(), without, 'edit', call())).toBe('https://b.example/a.mp4')
})
