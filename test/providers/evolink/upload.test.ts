import { writeFileSync } from 'node:fs'
import { createServer, type OutgoingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createUpload } from '../../../main/providers/evolink/files'
import { createHttp } from '../../../main/providers/http/http'
import { StorageRefusal, type WithPng } from '../../../main/providers/provider'
import { aCall, failing } from '../../support/connected-provider'
import { temporaryFolder } from '../../support/temporary-folder'

type Answer = [status: number, body: unknown, headers?: OutgoingHttpHeaders]

/** A storage with these answers; the last one repeats. */
const storing = async (answers: readonly Answer[], withPng?: WithPng) => {
  const forms: string[] = []
  const asked: (string | undefined)[] = []
  const server = createServer((request, response) => {
    const pieces: Buffer[] = []
    request.on('data', (piece: Buffer) => pieces.push(piece))
    request.on('end', () => {
      const [status, body, headers] = answers[Math.min(forms.length, answers.length - 1)] ?? [500]
      forms.push(Buffer.concat(pieces).toString())
      asked.push(`${request.method} ${request.url} ${request.headers.authorization}`)
      response.writeHead(status, headers).end(body === undefined ? '' : JSON.stringify(body))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const http = createHttp()
  onTestFinished(async () => {
    await http.close()
    server.closeAllConnections()
    server.close()
  })
  const waits: number[] = []
  let names = 0
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  const upload = createUpload({
    filesUrl: `http://${host}`,
    http,
    clock: { now: () => 0, sleep: async (wait) => void waits.push(wait) },
    unique: () => `n${++names}`,
    api: { authorization: () => ({ Authorization: 'Bearer sk-1' }) },
    ...(withPng ? { withPng } : {}),
  })
  const send = (bytes = 4, contentType = 'video/mp4', onProgress?: (fraction: number) => void) => {
    const place = path.join(temporaryFolder(), 'file')
    writeFileSync(place, Buffer.alloc(bytes, 'a'))
    const file = { path: place, name: 'Clip ☀.MP4', contentType, bytes }
    return upload('edit', file, { ...aCall(), ...(onProgress ? { onProgress } : {}) })
  }
  return { send, forms, asked, waits, host }
}

const stored = (code?: number, success?: boolean) => ({
  code,
  success,
  data: { file_url: 'https://f.example/n1.mp4' },
})

test('an upload has a folder and a name of its own', async () => {
  const { send, forms, asked } = await storing([[200, stored()]])
  const seen: number[] = []
  const url = await send(4, 'video/mp4', (fraction) => seen.push(fraction))
  expect(url).toBe('https://f.example/n1.mp4')
  expect(asked).toEqual(['POST /api/v1/files/upload/stream Bearer sk-1'])
  const fields = (forms[0] ?? '').matchAll(/form-data; name="([^"]+)"\r\n\r\n([^\r]*)\r\n/g)
  expect([...fields].map(([, name, value]) => [name, value])).toEqual([
    ['upload_path', 'reshoot'],
    ['file_name', 'n1.mp4'],
  ])
  expect(forms[0]).toContain('filename="n1.mp4"')
  expect(seen.at(-1)).toBe(1)
})

test('an empty file has no progress, and nobody has to listen', async () => {
  const { send } = await storing([[200, stored()]])
  const seen: number[] = []
  await send(0, 'video/mp4', (fraction) => seen.push(fraction))
  expect(seen).toEqual([])
  expect(await send(4)).toContain('https://f.example')
})

describe('a file is stored by an answer', () => {
  test.each([
    [200, stored()],
    [299, stored()],
    [200, stored(500)],
    [200, stored(500, true)],
    [200, stored(200, false)],
    [200, stored(undefined, false)],
  ])('%i %j', async (status, body) => {
    const { send } = await storing([[status, body]])
    expect(await send()).toBe('https://f.example/n1.mp4')
  })
})

describe('a file is left to another storage by an answer', () => {
  test.each([
    [200, stored(413, false), 'HTTP 413'],
    [200, { ...stored(300, false), msg: 'no' }, 'no'],
    [200, stored(199, false), 'HTTP 199'],
    [300, stored(), 'HTTP 300'],
    [400, stored(200, false), 'HTTP 400'],
    [413, { msg: 'too large' }, 'too large'],
    [413, 'words', 'HTTP 413'],
    [415, undefined, 'HTTP 415'],
  ])('%i %j', async (status, body, code) => {
    const { send, forms } = await storing([[status, body]])
    const error = await failing(send())
    expect(error).toBeInstanceOf(StorageRefusal)
    expect(error).toMatchObject({
      failure: {
        action: 'none',
        text: { key: 'failure.upload_refused', values: { name: 'Clip ☀.MP4', code } },
        provider: { code: null, requestId: null },
      },
      sent: 'refused',
    })
    expect(forms).toHaveLength(1)
  })
})

test.each([401, 402])('a refusal with HTTP %i is one of the account', async (status) => {
  const { send, forms, host } = await storing([[status, { msg: 'no' }]])
  const error = await failing(send())
  expect(error).not.toBeInstanceOf(StorageRefusal)
  expect(error).toMatchObject({
    failure: {
      kind: status === 401 ? 'auth' : 'billing',
      text: { values: { host, message: 'no' } },
      provider: { message: 'no', httpStatus: status },
    },
    sent: 'refused',
    retryAfter: null,
  })
  expect(forms).toHaveLength(1)
})

test.each([{}, { data: null }, { data: { file_url: '' } }])(
  'an answer without an address is malformed: %j',
  async (body) => {
    const { send, host, forms } = await storing([[200, body]])
    expect(await failing(send())).toMatchObject({
      failure: { text: { key: 'failure.answer_malformed', values: { host } } },
      sent: 'no',
    })
    expect(forms).toHaveLength(4)
  },
)

test('an upload is repeated after temporary trouble, as late as the service asks', async () => {
  const { send, waits } = await storing([
    [429, {}, { 'retry-after': '3' }],
    [503, {}, { 'retry-after': '5' }],
    [200, stored()],
  ])
  await send()
  expect(waits).toEqual([3_000, 5_000])
})

test('a rate limit that names no time is one of a minute', async () => {
  const { send, waits } = await storing([[429, {}]])
  expect(await failing(send())).toMatchObject({
    failure: { kind: 'rate-limit' },
    retryAfter: 60_000,
  })
  expect(waits).toEqual([])
})

test.each([
  ['image/bmp', 1],
  ['image/png', 0],
])('%s is converted: %i', async (contentType, conversions) => {
  let converted = 0
  const withPng: WithPng = async (file, _call, use) => {
    converted++
    return await use({ ...file, name: 'ref.png', contentType: 'image/png' })
  }
  const { send, forms } = await storing([[200, stored()]], withPng)
  await send(4, contentType)
  expect(converted).toBe(conversions)
  expect(forms[0]).toContain('Content-Type: image/png')
  const without = await storing([[200, stored()]])
  await without.send(4, contentType)
  expect(without.forms[0]).toContain(`Content-Type: ${contentType}`)
})
