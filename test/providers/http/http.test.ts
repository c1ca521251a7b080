import { statSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createHttp } from '../../../main/providers/http/http'
import { ProviderError } from '../../../main/providers/provider'

let server: Server
let sockets: Socket[]
let url: string
const http = createHttp()

beforeEach(async () => {
  sockets = []
  server = createServer((request, response) => {
    sockets.push(request.socket)
    request.resume()
    response.end('{"ok":true}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
})
afterEach(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

const call = () => ({ signal: new AbortController().signal })
const send = (fresh: boolean) =>
  http.send({ method: 'POST', url, headers: {}, body: { a: 1 }, fresh }, call())

test('a fresh request uses a new connection', async () => {
  await send(true)
  await send(true)
  expect(new Set(sockets).size).toBe(2)
})

test('an idle connection that the server closed does not affect a fresh request', async () => {
  await send(false)
  for (const socket of sockets) socket.destroy()
  expect((await send(true)).body).toEqual({ ok: true })
})

test('a request that is stopped before it starts is not sent', async () => {
  const signal = AbortSignal.abort()
  await expect(http.send({ method: 'GET', url, headers: {} }, { signal })).rejects.toMatchObject({
    name: 'AbortError',
  })
  expect(sockets).toHaveLength(0)
})

test('a request says what it sends and accepts', async () => {
  const seen: (string | undefined)[][] = []
  server.removeAllListeners('request')
  server.on('request', async (request: IncomingMessage, response: ServerResponse) => {
    const pieces: Buffer[] = []
    for await (const piece of request) pieces.push(piece)
    const { accept, 'content-type': type } = request.headers
    seen.push([request.method, accept, type, Buffer.concat(pieces).toString()])
    response.end()
  })
  await http.send({ method: 'GET', url, headers: {} }, call())
  await http.send({ method: 'POST', url, headers: {} }, call())
  await send(false)
  const headers = { accept: 'text/plain' }
  await http.send({ method: 'POST', url, headers, body: null }, call())
  expect(seen).toEqual([
    ['GET', 'application/json', undefined, ''],
    ['POST', 'application/json', undefined, ''],
    ['POST', 'application/json', 'application/json', '{"a":1}'],
    ['POST', 'text/plain', 'application/json', 'null'],
  ])
})

test('the first of several Retry-After headers counts', async () => {
  server.removeAllListeners('request')
  server.on('request', (_, response: ServerResponse) => {
    response.setHeader('retry-after', ['2', '9'])
    response.writeHead(429).end()
  })
  expect(await send(false)).toMatchObject({ status: 429, isPage: false, retryAfter: 2000 })
})

test('a body that is not JSON becomes undefined, with its status', async () => {
  server.removeAllListeners('request')
  server.on('request', (_, response) => {
    response.writeHead(502, { 'retry-after': '2', date: 'Fri, 20 Nov 2026 12:00:00 GMT' })
    response.end('<html>')
  })
  const date = Date.UTC(2026, 10, 20, 12)
  expect(await send(false)).toEqual({
    status: 502,
    body: undefined,
    isPage: true,
    retryAfter: 2000,
    date,
  })
})

test.each([
  [11, { status: 200, body: { ok: true } }],
  [10, { failure: { text: { key: 'failure.answer_too-large' } }, sent: 'maybe' }],
])('an answer of 11 bytes where %i are allowed', async (answerBytes, outcome) => {
  const bounded = createHttp({ answerBytes })
  const answer = bounded.send({ method: 'GET', url, headers: {} }, call())
  expect(await answer.catch((error: unknown) => error)).toMatchObject(outcome)
  await bounded.close()
})

test('an unreachable address is different from a lost answer', async () => {
  const nowhere = { method: 'GET' as const, url: 'http://nowhere.invalid/', headers: {} }
  const error = await http.send(nowhere, call()).catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(ProviderError)
  expect(error).toMatchObject({
    sent: 'no',
    failure: { text: { values: { host: 'nowhere.invalid' } } },
  })
})

test('a service that repeats the key of a request gets no further with it', async () => {
  const key = 'no-pattern-knows-this'
  server.removeAllListeners('request')
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    response.statusCode = 401
    response.end(JSON.stringify({ message: `Wrong: ${request.headers.authorization}` }))
  })
  const headers = { Authorization: `Bearer ${key}` }
  const answer = await http.send({ method: 'GET', url, headers }, call())
  expect(answer.body).toEqual({ message: 'Wrong: Bearer •••' })
  const file = { path: import.meta.filename, name: 'a', contentType: 'text/plain' }
  const { signal } = call()
  const { size: bytes } = statSync(file.path)
  const sent = await http.upload({ url, fields: [], file: { ...file, bytes }, headers, signal })
  expect(sent.text).toContain('•••')
  expect(sent.text).not.toContain(key)
})

test.each<[string, (response: ServerResponse) => void]>([
  [
    'whose body comes byte by byte',
    (response) => {
      const drip = setInterval(() => response.write(' '), 5)
      response.on('close', () => clearInterval(drip))
    },
  ],
  [
    'whose headers come line by line',
    ({ socket }) => {
      socket?.write('HTTP/1.1 200 OK\r\n')
      const drip = setInterval(() => socket?.write('X-Slow: 1\r\n'), 5)
      socket?.on('close', () => clearInterval(drip))
    },
  ],
  [
    'whose headers never end',
    ({ socket }) => {
      socket?.on('error', () => {})
      socket?.write('HTTP/1.1 200 OK\r\n')
      const more = setInterval(() => socket?.write(`X-Much: ${'x'.repeat(8000)}\r\n`), 0)
      socket?.on('close', () => clearInterval(more))
    },
  ],
])('an answer %s is given up', async (_how, answer) => {
  server.removeAllListeners('request')
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    sockets.push(request.socket)
    answer(response)
  })
  const limited = createHttp({ total: 1_000 })
  const asked = limited.send({ method: 'GET', url, headers: {} }, call())
  expect(await asked.catch((error: unknown) => error)).toMatchObject({
    name: 'ProviderError',
    sent: 'maybe',
  })
  await limited.close()
})

test('a packed answer is not unpacked, so that a small one cannot become a huge one', async () => {
  server.removeAllListeners('request')
  const packed = gzipSync(JSON.stringify({ message: 'x'.repeat(64 << 20) }))
  server.on('request', (_, response) => {
    response.writeHead(200, { 'content-encoding': 'gzip' })
    response.end(packed)
  })
  expect(await send(false)).toMatchObject({ status: 200, body: undefined })
})
