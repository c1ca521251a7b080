import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { afterAll, expect, test } from 'vitest'
import { readForm } from '../../main/sandbox/form-upload'

const heard: unknown[] = []
const server = createServer(async (request, response) => {
  const outcome = await readForm(request, 1000, async ({ fileName, contentType, stream }) => {
    let bytes = 0
    for await (const chunk of stream) bytes += chunk.length
    if (fileName === 'refused') throw new Error('not stored')
    return { fileName, contentType, bytes, cutOff: stream.truncated }
  }).then(
    ({ fields, ...form }) => ({ fields: Object.fromEntries(fields), ...form }),
    (error: Error) => ({ error: error.name, message: error.message }),
  )
  heard.push(outcome)
  // The request may not have been read completely, so its connection cannot be reused.
  response.setHeader('connection', 'close')
  response.end(JSON.stringify(outcome))
})
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
const { port } = server.address() as AddressInfo
afterAll(() => server.closeAllConnections())

const form = (fields: [string, string | Blob][]) => {
  const body = new FormData()
  for (const [name, value] of fields)
    if (typeof value === 'string') body.append(name, value)
    else body.append(name, value, 'clip.mp4')
  return body
}
const send = async (body: NonNullable<RequestInit['body']>, headers: Record<string, string> = {}) =>
  await (await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body, headers })).json()

const file = (bytes: number) => new Blob([new Uint8Array(bytes)], { type: 'video/mp4' })

test('gives the fields and the stored file', async () => {
  expect(
    await send(
      form([
        ['key', 'schön'],
        ['note', 'x'.repeat(64 * 1024)],
        ['file', file(1000)],
      ]),
    ),
  ).toEqual({
    fields: { key: 'schön', note: 'x'.repeat(64 * 1024) },
    stored: { fileName: 'clip.mp4', contentType: 'video/mp4', bytes: 1000, cutOff: false },
    isFileLast: true,
  })
})

test('reports a file that is missing, too large or not the last part', async () => {
  expect(await send(form([['key', 'a']]))).toMatchObject({ stored: null })
  expect(await send(form([['file', file(1001)]]))).toMatchObject({ stored: { cutOff: true } })
  expect(
    await send(
      form([
        ['file', file(1)],
        ['key', 'a'],
      ]),
    ),
  ).toMatchObject({
    isFileLast: false,
    fields: { key: 'a' },
  })
})

test.each<[string, [string, string | Blob][], string]>([
  ['a field that is too long', [['key', 'x'.repeat(64 * 1024 + 1)]], 'the field key is too long'],
  [
    'too many fields',
    Array.from({ length: 51 }, (_, index) => [`f${index}`, 'x']),
    'too many fields',
  ],
  [
    'two files',
    [
      ['file', file(1)],
      ['file', file(1)],
    ],
    'more than one file',
  ],
])('refuses %s', async (_name, fields, message) => {
  expect(await send(form(fields))).toEqual({ error: 'FormError', message })
})

test.each([
  ['another content type', 'application/json', 'not multipart/form-data'],
  ['no boundary', 'multipart/form-data', 'the content type names no boundary'],
])('refuses %s', async (_name, type, message) => {
  expect(await send('{}', { 'content-type': type })).toEqual({ error: 'FormError', message })
})

test('refuses a body that ends before its closing boundary', async () => {
  const headers = { 'content-type': 'multipart/form-data; boundary=b' }
  const head = '--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nbytes'
  expect(await send(head, headers)).toMatchObject({ error: 'FormError' })
  expect(await send('no form at all', headers)).toMatchObject({ error: 'FormError' })
})

test('rejects with the error of storing the file', async () => {
  const body = new FormData()
  body.append('file', file(100), 'refused')
  expect(await send(body)).toEqual({ error: 'Error', message: 'not stored' })
})

test('ends when the client disconnects in the middle of the file', async () => {
  const socket = connect(port, '127.0.0.1')
  socket.write(
    'POST / HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 900\r\n\r\n' +
      '--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nbytes',
  )
  server.once('request', () => setImmediate(() => socket.destroy()))
  await expect.poll(() => heard.at(-1)).toMatchObject({ message: 'aborted' })
})
