import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { createDownload, DownloadError, type DownloadRequest } from '../../main/jobs/download'
import { temporaryFolder } from '../support/temporary-folder'

/** Continues a part of four bytes with one answer, or the error of `fetch`. */
const continued = async (
  answer: (file: string) => Response,
  start: DownloadRequest['start'] = { etag: '"v1"', total: 8, md5: null },
  { part = 'abcd', cancel = new AbortController() } = {},
) => {
  const file = path.join(temporaryFolder(), 'result.part')
  if (part) writeFileSync(file, part)
  const asked: Headers[] = []
  const begun: DownloadRequest['start'][] = []
  const fractions: (number | null)[] = []
  const error = await createDownload({
    fetch: async (_url, request) => {
      asked.push(new Headers(request?.headers))
      return answer(file)
    },
    maxBytes: 100,
  })({
    url: 'https://results.example/one.mp4',
    path: file,
    start,
    onStart: async (said) => void begun.push(said),
    onProgress: (fraction) => fractions.push(fraction),
    signal: cancel.signal,
  }).then(
    () => null,
    (reason: unknown) => reason,
  )
  const text = existsSync(file) ? readFileSync(file, 'utf8') : null
  return { error, text, asked, begun: begun[0], fractions }
}

const partial = (contentRange: string, more: Record<string, string> = {}) =>
  new Response('efgh', { status: 206, headers: { 'content-range': contentRange, ...more } })

describe('an answer to a continued download', () => {
  const known = { etag: '"v1"', total: 8, md5: null as string | null }
  it.each([
    ['the known file', known, () => partial('bytes 4-7/8', { etag: '"v1"' }), known],
    ['a server that repeats neither length nor ETag', known, () => partial('bytes 4-7/*'), known],
    ['a length that was unknown', { ...known, total: null }, () => partial('bytes 4-7/8'), known],
    [
      'an ETag that was unknown',
      { ...known, etag: null },
      () => partial('bytes 4-7/8', { etag: '"v2"' }),
      { etag: '"v2"', total: 8, md5: null },
    ],
    [
      'nothing that is known',
      null,
      () => partial('bytes 4-7/*'),
      { etag: null, total: null, md5: null },
    ],
  ])('appends the rest of %s', async (_what, start, answer, begun) => {
    const done = await continued(answer, start)
    expect(done).toMatchObject({ error: null, text: 'abcdefgh', begun })
    expect(done.fractions).toEqual([begun.total === null ? null : 1])
  })

  it('asks for the rest only if there is a part', async () => {
    const answer = () => new Response('abcdefgh')
    expect((await continued(answer)).asked[0]?.get('range')).toBe('bytes=4-')
    expect((await continued(answer, known, { part: '' })).asked[0]?.get('range')).toBeNull()
  })

  it.each([
    ['nothing after a part that is too long', 416, 'nothing after it', 'broken', null],
    ['a link that is no longer valid', 404, 'HTTP 404', 'refused', 'abcd'],
    ['an answer that may pass', 408, 'HTTP 408', 'broken', 'abcd'],
    ['an answer that may pass', 425, 'HTTP 425', 'broken', 'abcd'],
  ])('%s has a reason and may have no body: %i', async (_what, status, message, reason, text) => {
    const done = await continued(() => new Response(null, { status }))
    expect(done.error).toBeInstanceOf(DownloadError)
    expect(done).toMatchObject({
      error: { name: 'DownloadError', reason, message, gained: false },
      text,
    })
  })

  it('that there is no more of a file that never began starts again', async () => {
    const done = await continued(() => new Response(null, { status: 416 }), null)
    expect(done).toMatchObject({ error: { reason: 'broken', message: 'nothing after it' } })
  })

  it.each(['x8', '8x', ''])('with the length %j has an unknown length', async (length) => {
    const answer = () => new Response('abcdefghi', { headers: { 'content-length': length } })
    const done = await continued(answer)
    expect(done).toMatchObject({ error: null, text: 'abcdefghi', fractions: [null] })
  })

  it.each(['x bytes 4-7/8', 'bytes 4-7/8 x'])('with the range %j does not fit', async (range) => {
    expect(await continued(() => partial(range))).toMatchObject({
      error: { reason: 'broken', message: 'another part came back' },
    })
  })

  it('may have nothing to send', async () => {
    expect(await continued(() => new Response(null), null)).toMatchObject({ error: null, text: '' })
  })

  it.each([
    ['fewer bytes than promised', 'abcdef', 'broken', '6 of 8 bytes arrived', true],
    ['no more bytes than before', 'abcd', 'broken', '4 of 8 bytes arrived', false],
    ['more bytes than promised', 'abcdefghi', 'too-large', '9 bytes are more', false],
  ])('with %s stops the download', async (_what, body, reason, message, gained) => {
    const answer = () => new Response(body, { headers: { 'content-length': '8' } })
    expect((await continued(answer)).error).toMatchObject({
      reason,
      message: expect.stringContaining(message),
      gained,
    })
  })

  it('may come after the part was deleted', async () => {
    const done = await continued(
      (file) => {
        rmSync(file)
        return new Response(null, { status: 404 })
      },
      null,
      { part: '' },
    )
    expect(done.error).toMatchObject({ reason: 'refused' })
  })
})

describe('an error instead of an answer', () => {
  const coded = (code: string) =>
    new TypeError('fetch failed', { cause: Object.assign(new Error('inner'), { code }) })
  const closed = Object.assign(new Error('other side closed'), { name: 'SocketError' })
  it.each([
    ['a missing network', coded('ENETUNREACH'), 'offline', 'ENETUNREACH'],
    ['a reset', coded('ECONNRESET'), 'broken', 'ECONNRESET'],
    ['an error without a code', new TypeError('terminated'), 'broken', 'terminated'],
    ['an error of the socket', closed, 'broken', 'other side closed'],
  ])('%s brought nothing and names its cause', async (_what, cause, reason, message) => {
    const { error } = await continued(() => {
      throw cause
    })
    expect(error).toMatchObject({ reason, message, gained: false, cause })
  })

  it('that is a bug is passed on', async () => {
    const bug = new Error('bug')
    const { error } = await continued(() => {
      throw bug
    })
    expect(error).toBe(bug)
  })

  it('that follows a cancel is the cancel', async () => {
    const cancel = new AbortController()
    const { error } = await continued(
      () => {
        cancel.abort()
        throw new TypeError('terminated')
      },
      null,
      { cancel },
    )
    expect(error).toMatchObject({ name: 'AbortError' })
  })
})

it('a slow download may take longer than a silent one', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
  const file = path.join(temporaryFolder(), 'result.part')
  const download = createDownload({
    idle: 1_000,
    leastBytes: 3,
    fetch: async (_url, request) => {
      const pieces = ['one ', 'two ', 'three']
      const body = new ReadableStream<Uint8Array>(
        {
          pull: async (controller) => {
            await vi.advanceTimersByTimeAsync(700)
            if (request?.signal?.aborted) return controller.error(new TypeError('terminated'))
            const piece = pieces.shift()
            if (piece === undefined) return controller.close()
            controller.enqueue(Buffer.from(piece))
          },
        },
        { highWaterMark: 0 }, // a piece is asked for when the one before it is on the disk
      )
      return new Response(body)
    },
  })
  await download({
    url: 'https://results.example/one.mp4',
    path: file,
    start: null,
    onStart: async () => {},
    onProgress: () => {},
    signal: new AbortController().signal,
  })
  expect(readFileSync(file, 'utf8')).toBe('one two three')
  expect(vi.getTimerCount()).toBe(0)
})
