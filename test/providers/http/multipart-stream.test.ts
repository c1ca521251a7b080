import { createHash } from 'node:crypto'
import {
  appendFileSync,
  createReadStream,
  mkdtempSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createAgent } from '../../../main/network/agent'
import { directNetwork } from '../../../main/network/network'
import { sendMultipart } from '../../../main/providers/http/multipart-stream'
import { readForm } from '../../../main/sandbox/form-upload'

let folder: string
let path: string
const agent = createAgent(directNetwork, { keepAlive: false })
let handler: (request: IncomingMessage, response: ServerResponse) => Promise<void> | void
const server = createServer((request, response) => {
  request.on('error', () => undefined)
  Promise.resolve(handler(request, response)).catch(() => request.socket.destroy())
})

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'upload-'))
  path = join(folder, 'clip.mp4')
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterEach(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  rmSync(folder, { recursive: true })
})

const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
const upload = (bytes: number, more: Partial<Parameters<typeof sendMultipart>[0]> = {}) =>
  sendMultipart({
    url: url(),
    agent,
    fields: [
      ['key', 'a/b.mp4'],
      ['note', 'schön'],
    ],
    file: { path, name: 'b.mp4', contentType: 'video/mp4', bytes },
    signal: new AbortController().signal,
    ...more,
  })

const hashOfFile = async () => {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk)
  return hash.digest('hex')
}

test.each([0, 1, 262_144, 262_145, 3_000_000])('%i bytes arrive unchanged', async (bytes) => {
  const content = Buffer.alloc(bytes)
  for (let i = 0; i < bytes; i += 1) content[i] = (i * 31) & 255
  writeFileSync(path, content)
  const seen: unknown[] = []
  handler = async (request, response) => {
    const form = await new Response(
      request as unknown as BodyInit,
      {
        headers: { 'content-type': request.headers['content-type'] ?? '' },
        duplex: 'half',
      } as ResponseInit,
    ).formData()
    for (const [name, value] of form) {
      if (typeof value === 'string') seen.push([name, value])
      else {
        const hash = createHash('sha256').update(Buffer.from(await value.arrayBuffer()))
        seen.push([name, value.name, value.type, hash.digest('hex')])
      }
    }
    response.end('ok')
  }
  const progress: number[] = []
  const answer = await upload(bytes, { onBytes: (taken) => progress.push(taken) })
  expect(answer).toMatchObject({ status: 200, text: 'ok' })
  expect(seen).toEqual([
    ['key', 'a/b.mp4'],
    ['note', 'schön'],
    ['file', 'b.mp4', 'video/mp4', await hashOfFile()],
  ])
  expect(progress).toEqual([...progress].sort((a, b) => a - b))
  expect(progress.at(-1) ?? 0).toBe(bytes)
})

test('a large file is read no faster than the network takes it', async () => {
  const bytes = 320 * 1024 * 1024
  writeFileSync(path, '')
  truncateSync(path, bytes)
  let received = 0
  handler = async (request, response) => {
    await readForm(request, bytes, async ({ stream }) => {
      for await (const chunk of stream) received += chunk.length
    })
    response.end()
  }
  let held = 0
  await upload(bytes, {
    onBytes: (taken) => {
      held = Math.max(held, taken - received)
    },
  })
  expect(received).toBe(bytes)
  // What the operating system holds of a connection.
  expect(held).toBeLessThan(32 * 1024 * 1024)
})

test('an early answer is returned and the rest is not sent', async () => {
  const bytes = 64 * 1024 * 1024
  writeFileSync(path, '')
  truncateSync(path, bytes)
  let received = 0
  handler = (request, response) => {
    response.writeHead(403)
    response.end('<Error><Code>AccessDenied</Code></Error>')
    request.on('data', (chunk: Buffer) => {
      received += chunk.length
    })
  }
  const text = expect.stringContaining('AccessDenied')
  expect(await upload(bytes)).toMatchObject({ status: 403, text })
  expect(received).toBeLessThan(bytes)
})

test.each([
  ['is reset', (response: ServerResponse) => response.socket?.resetAndDestroy()],
  ['is stuck', () => undefined],
])('rejects where the connection %s in the middle of an early answer', async (_what, spoil) => {
  const bytes = 16 * 1024 * 1024
  writeFileSync(path, Buffer.alloc(bytes))
  handler = (request, response) => {
    request.pause()
    response.writeHead(403, { 'content-length': '1000' })
    response.write('<Error>', () => spoil(response))
  }
  await expect(upload(bytes, { idle: 100 })).rejects.toMatchObject({ code: 'ECONNRESET' })
})

test('a file that grew, shrank or disappeared is refused with the reason', async () => {
  handler = async (request, response) => {
    for await (const _ of request);
    response.end()
  }
  writeFileSync(path, Buffer.alloc(1000))
  await expect(upload(999)).rejects.toMatchObject({ reason: 'changed' })
  await expect(upload(1001)).rejects.toMatchObject({ reason: 'changed' })
  rmSync(path)
  await expect(upload(1000)).rejects.toMatchObject({ reason: 'unreadable' })
})

test('a file that changes during the upload is refused', async () => {
  const bytes = 16 * 1024 * 1024
  writeFileSync(path, Buffer.alloc(bytes))
  handler = async (request, response) => {
    appendFileSync(path, 'more')
    for await (const _ of request);
    response.end()
  }
  await expect(upload(bytes)).rejects.toMatchObject({ reason: 'changed' })
})

test('stops at once when it is aborted, also on a stalled network', async () => {
  writeFileSync(path, Buffer.alloc(16 * 1024 * 1024))
  const controller = new AbortController()
  handler = (request) => {
    request.pause()
    controller.abort()
  }
  await expect(upload(16 * 1024 * 1024, { signal: controller.signal })).rejects.toMatchObject({
    name: 'AbortError',
  })
})

test('gives up on a network that is stuck, and has told of no progress beyond it', async () => {
  const bytes = 32 * 1024 * 1024
  writeFileSync(path, Buffer.alloc(bytes))
  handler = (request) => {
    request.pause()
  }
  let progress = 0
  const onBytes = (taken: number) => {
    progress = taken
  }
  await expect(upload(bytes, { idle: 100, onBytes })).rejects.toMatchObject({ code: 'ETIMEDOUT' })
  expect(progress).toBeLessThan(bytes * 0.6)
})

test('an answer without end is read to 64 KiB', async () => {
  writeFileSync(path, 'x')
  handler = (request, response) => {
    request.resume()
    const more = setInterval(() => response.write('y'.repeat(16_384)), 0)
    response.on('close', () => clearInterval(more))
  }
  const { status, text } = await upload(1)
  expect(status).toBe(200)
  expect(text.length).toBeGreaterThan(1000)
  expect(text.length).toBeLessThanOrEqual(65_536)
})

test('an answer that comes byte by byte is given up', async () => {
  writeFileSync(path, 'x')
  handler = (request, response) => {
    request.resume()
    const drip = setInterval(() => response.write('y'), 5)
    response.on('close', () => clearInterval(drip))
  }
  await expect(upload(1, { idle: 500 })).rejects.toMatchObject({ code: 'ETIMEDOUT' })
})
