import { createHash } from 'node:crypto'
import { appendFileSync, readFileSync, truncateSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { directNetwork } from '../../main/network/network'
import type { LocalFile } from '../../main/providers/provider'
import { type Bucket, type BucketOptions, createBucket } from '../../main/uploads/bucket'
import type { BucketAccess, BucketState } from '../../main/uploads/bucket-access'
import { createUploadMemory } from '../../main/uploads/upload-memory'
import { aCall, failing, hastyClock } from '../support/connected-provider'
import { createFakeProvider } from '../support/fake-provider'
import { portalPage } from '../support/portal-page'
import { type S3Server, startS3Server } from '../support/s3-server'
import { temporaryFolder } from '../support/temporary-folder'

const MiB = 1024 * 1024
let server: S3Server
let folder: string
let file: LocalFile
let names = 0

beforeEach(async () => {
  server = await startS3Server()
  folder = temporaryFolder()
  const clip = path.join(folder, 'clip.mp4')
  writeFileSync(
    clip,
    createHash('sha512')
      .update('clip')
      .digest('hex')
      .repeat(200_000)
      .slice(0, 18 * MiB),
  )
  file = { path: clip, name: 'Mein Urlaub ☀.MP4', contentType: 'video/mp4', bytes: 18 * MiB }
})

const bucket = (change: Partial<BucketOptions> = {}, access?: Partial<BucketAccess>): Bucket => {
  const state: BucketState = { kind: 'ready', access: { ...server.access, ...access } }
  const made = createBucket({
    state: () => state,
    network: directNetwork,
    fetch,
    memory: createUploadMemory(path.join(folder, 'uploads')),
    clock: hastyClock(),
    unique: () => `unique-${++names}`,
    partBytes: 5 * MiB,
    ...change,
  })
  onTestFinished(() => made.close())
  return made
}

const provider = createFakeProvider()
const upload = (to: Bucket, call: Parameters<NonNullable<typeof provider.upload>>[2] = aCall()) =>
  to.uploadFor(provider)?.(file, call) ?? Promise.reject(new Error('serves everybody'))

/** An upload that is stopped after one part is stored. */
const stoppedUpload = async (): Promise<Bucket> => {
  const controller = new AbortController()
  const memory = createUploadMemory(path.join(folder, 'uploads'))
  const put: typeof memory.put = async (unfinished) => {
    await memory.put(unfinished)
    if (unfinished.parts.length > 0) controller.abort()
  }
  const to = bucket({ memory: { ...memory, put } })
  await expect(upload(to, { signal: controller.signal })).rejects.toMatchObject({
    name: 'AbortError',
  })
  return to
}

const digest = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
const fetched = async (url: string) => {
  const answer = await fetch(url)
  return { type: answer.headers.get('content-type'), body: Buffer.from(await answer.arrayBuffer()) }
}
const count = (operation: string) =>
  server.requests.filter((request) => request.startsWith(operation)).length

test('a clip is uploaded in parts and read by an address that is valid for two days', async () => {
  const seen: number[] = []
  const url = await upload(bucket(), { ...aCall(), onProgress: (part) => seen.push(part) })
  expect(url).toMatch(/\/clips\/reshoot\/unique-\d+\.mp4\?/)
  expect(new URL(url).searchParams.get('X-Amz-Expires')).toBe('172800')
  const { type, body } = await fetched(url)
  expect(type).toBe('video/mp4')
  expect(digest(body)).toBe(digest(readFileSync(file.path)))
  expect(count('UploadPart')).toBe(4)
  expect(seen.length).toBeGreaterThan(10)
  expect(seen.at(-1)).toBe(1)
  expect(Math.max(...seen)).toBe(1)
})

test('an address for one object gives no other object', async () => {
  const url = await upload(bucket())
  expect((await fetch(url.replace('unique', 'other'))).status).toBe(403)
  expect((await fetch(url.replace(/X-Amz-Expires=\d+/, 'X-Amz-Expires=604800'))).status).toBe(403)
})

test('a small file is uploaded with one request', async () => {
  truncateSync(file.path, 1000)
  file = { ...file, bytes: 1000, name: 'ref.png', contentType: 'image/png' }
  const { type, body } = await fetched(await upload(bucket()))
  expect([type, body.length]).toEqual(['image/png', 1000])
  expect(server.requests).toEqual(['PutObject', 'GetObject'])
})

test('an interrupted upload continues where it stopped, also in another process', async () => {
  await stoppedUpload()
  const kept = (await createUploadMemory(path.join(folder, 'uploads')).all())[0]
  const before = count('UploadPart')
  expect(kept?.parts).not.toEqual([])
  const seen: number[] = []
  const url = await upload(bucket(), { ...aCall(), onProgress: (part) => seen.push(part) })
  expect(count('UploadPart') - before).toBe(4 - (kept?.parts.length ?? 0))
  expect(count('CreateMultipartUpload')).toBe(1)
  expect(digest((await fetched(url)).body)).toBe(digest(readFileSync(file.path)))
  const after = await createUploadMemory(path.join(folder, 'uploads')).all()
  expect(after.filter(({ uploadId }) => uploadId !== null)).toEqual([])
})

test('parts of other content are sent again, even with the same size and time', async () => {
  const time = new Date('2026-11-20T10:00:00Z')
  utimesSync(file.path, time, time)
  await stoppedUpload()
  writeFileSync(file.path, Buffer.alloc(18 * MiB, 'other'))
  utimesSync(file.path, time, time)
  const { body } = await fetched(await upload(bucket()))
  expect(digest(body)).toBe(digest(readFileSync(file.path)))
})

test('an upload that the storage has forgotten starts again', async () => {
  await stoppedUpload()
  server.next('UploadPart', { status: 404, code: 'NoSuchUpload' })
  const { body } = await fetched(await upload(bucket()))
  expect(digest(body)).toBe(digest(readFileSync(file.path)))
  expect(count('CreateMultipartUpload')).toBe(2)
})

test('broken connections and a busy storage cost an attempt, not the upload', async () => {
  server.next('CreateMultipartUpload', { status: 503, code: 'SlowDown' })
  server.next('UploadPart', 'reset', null, { status: 500, code: 'InternalError' }, 'reset')
  server.next('CompleteMultipartUpload', { status: 500, code: 'InternalError' })
  const { body } = await fetched(await upload(bucket()))
  expect(digest(body)).toBe(digest(readFileSync(file.path)))
  expect(count('UploadPart')).toBe(7)
})

test('two simultaneous uploads of a file make two objects', async () => {
  const to = bucket()
  const urls = await Promise.all([upload(to), upload(to)])
  expect(new Set(urls).size).toBe(2)
  for (const url of urls) expect((await fetched(url)).body.length).toBe(file.bytes)
  expect(server.keys()).toHaveLength(2)
})

test('a file that changes during the upload is refused and leaves nothing', async () => {
  let changed = false
  const onProgress = () => {
    if (changed) return
    changed = true
    appendFileSync(file.path, 'more')
  }
  const error = await failing(upload(bucket(), { ...aCall(), onProgress }))
  expect(error.failure).toMatchObject({
    action: 'fix-file',
    text: { key: 'failure.upload_changed' },
  })
  expect(server.keys()).toEqual([])
})

test('after the job its objects are deleted and other objects stay', async () => {
  const to = bucket()
  const url = await upload(to)
  expect(server.keys()).toHaveLength(1)
  const { signal } = aCall()
  await to.release(
    {
      urls: [
        'oss://dashscope/x',
        `${server.url}/other/x.mp4`,
        'https://h.example/reshoot/x',
        url.replace('/reshoot/', '/mine/'),
      ],
      paths: [],
    },
    signal,
  )
  expect(server.keys()).toHaveLength(1)
  await to.release({ urls: [url], paths: [] }, signal)
  expect(server.keys()).toEqual([])
  expect((await fetch(url)).status).toBe(404)
})

test('the unfinished upload of a cancelled job is deleted', async () => {
  const to = await stoppedUpload()
  await to.release({ urls: [], paths: ['/another/file'] }, aCall().signal)
  expect(count('AbortMultipartUpload')).toBe(0)
  await to.release({ urls: [], paths: [file.path] }, aCall().signal)
  expect(count('AbortMultipartUpload')).toBe(1)
  expect(await createUploadMemory(path.join(folder, 'uploads')).all()).toEqual([])
})

test.each([
  ['whole', 100 * MiB],
  ['in parts', 5 * MiB],
])(
  'an object that no job got to know is deleted once its address has expired: %s',
  async (_, partBytes) => {
    await upload(bucket({ partBytes }))
    const lookAfter = (hours: number) =>
      bucket({
        clock: { ...hastyClock(), now: () => Date.now() + hours * 3_600_000 },
      }).removeOld()
    await lookAfter(47)
    expect(server.keys()).toHaveLength(1)
    await lookAfter(49)
    expect(server.keys()).toEqual([])
    expect(await createUploadMemory(path.join(folder, 'uploads')).all()).toEqual([])
  },
)

describe('refusals', () => {
  test.each([
    ['a wrong secret', { secretAccessKey: 'wrong' }, 'bucket_keys', 'auth'],
    ['an unknown key', { accessKeyId: 'nobody' }, 'bucket_keys', 'auth'],
    ['no such bucket', { settings: { bucket: 'none' } }, 'bucket_no-such', 'auth'],
  ] as const)('%s is said once', async (_, change, text, kind) => {
    const settings = { ...server.access.settings, ...('settings' in change ? change.settings : {}) }
    const error = await failing(upload(bucket({}, { ...change, settings })))
    expect(error.failure).toMatchObject({
      kind,
      action: 'set-up-bucket',
      text: { key: `failure.${text}` },
    })
    expect(error.failure.provider?.code).toBeTruthy()
    expect(server.requests).toHaveLength(1)
  })

  test.each([
    [{ status: 403, code: 'AccessDenied' }, 'bucket_denied'],
    [{ status: 301, code: 'PermanentRedirect' }, 'bucket_region'],
    [{ status: 400, code: 'AuthorizationHeaderMalformed' }, 'bucket_region'],
    [{ status: 403, code: 'SecondLevelDomainForbidden' }, 'bucket_style'],
    [{ status: 403, code: 'RequestTimeTooSkewed' }, 'bucket_clock'],
    [{ status: 507, code: 'XMinioStorageFull' }, 'bucket_full'],
    [{ status: 400, code: 'NeverHeardOf' }, 'bucket_refused'],
  ])('%j becomes a sentence', async (fault, text) => {
    server.next('CreateMultipartUpload', fault)
    const error = await failing(upload(bucket()))
    expect(error.failure.text.key).toBe(`failure.${text}`)
    expect(server.requests).toHaveLength(1)
  })

  test('a missing network is reported', async () => {
    const settings = { ...server.access.settings, endpoint: 'http://127.0.0.1:9' }
    const error = await failing(upload(bucket({}, { settings })))
    expect(error.failure).toMatchObject({ kind: 'temporary', action: 'reconnect' })
  })

  test.each<[BucketState, string]>([
    [{ kind: 'none' }, 'bucket_missing'],
    [{ kind: 'incomplete', missing: ['secret key'] }, 'bucket_incomplete'],
  ])('%j asks to set up the bucket', async (state, text) => {
    const error = await failing(upload(bucket({ state: () => state })))
    expect([error.failure.text.key, error.failure.action, error.sent]).toEqual([
      `failure.${text}`,
      'set-up-bucket',
      'no',
    ])
  })
})

describe('a test of the connection', () => {
  test('writes, reads and deletes an object', async () => {
    expect(await bucket().test(aCall().signal)).toEqual({ ok: true, isPrivate: true })
    expect(server.requests).toEqual(['PutObject', 'GetObject', 'DeleteObject'])
    expect(server.keys()).toEqual([])
  })

  test.each([
    ['write', 'PutObject', 'bucket_denied'],
    ['read', 'GetObject', 'bucket_unreadable'],
    ['delete', 'DeleteObject', 'bucket_denied'],
  ] as const)('says that it cannot %s', async (step, operation, text) => {
    server.next(operation, { status: 403, code: 'AccessDenied' })
    expect(await bucket().test(aCall().signal)).toMatchObject({
      ok: false,
      step,
      failure: { text: { key: `failure.${text}` } },
    })
    expect(server.requests.includes('DeleteObject')).toBe(step !== 'write')
  })

  test('reports when another key is needed', async () => {
    expect(await bucket({}, { secretAccessKey: 'x' }).test(aCall().signal)).toMatchObject({
      ok: false,
      step: 'write',
      failure: { text: { key: 'failure.bucket_keys' } },
    })
  })
})

test.each(['PutObject', 'CreateMultipartUpload', 'UploadPart', 'CompleteMultipartUpload'] as const)(
  'the page of a network is no answer to %s',
  async (operation) => {
    if (operation === 'PutObject') {
      truncateSync(file.path, MiB)
      file = { ...file, bytes: MiB }
    }
    server.next(operation, ...Array.from({ length: 30 }, () => ({ page: portalPage })))
    const { failure } = await failing(upload(bucket()))
    expect([failure.text.key, failure.kind, failure.action]).toEqual([
      'failure.network_portal',
      'temporary',
      'reconnect',
    ])
    expect(server.keys()).toEqual([])
  },
)
