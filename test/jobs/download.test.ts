import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type AddressInfo, createServer as createTcpServer } from 'node:net'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createDownload, DownloadError, type DownloadRequest } from '../../main/jobs/download'
import { portalPage } from '../support/portal-page'
import { temporaryFolder } from '../support/temporary-folder'

const content = Buffer.from(Array.from({ length: 300_000 }, (_, index) => index % 251))

type Answer = (request: IncomingMessage, response: ServerResponse) => void

/** Answers each request with the next answer; the last one repeats. */
const serve = async (...answers: Answer[]) => {
  const seen: IncomingMessage[] = []
  const server = createServer((request, response) => {
    const answer = answers[Math.min(seen.length, answers.length - 1)]
    seen.push(request)
    answer?.(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/result.mp4`, seen }
}

const whole: Answer = (_request, response) => {
  response.writeHead(200, { 'content-length': content.length, etag: '"v1"' })
  response.end(content)
}

/** Announces the whole file, sends a part, breaks the connection. */
const cutAt =
  (bytes: number): Answer =>
  (_request, response) => {
    response.writeHead(200, { 'content-length': content.length, etag: '"v1"' })
    response.write(content.subarray(0, bytes), () => setImmediate(() => response.destroy()))
  }

const rest: Answer = (request, response) => {
  const from = Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1])
  if (Number.isNaN(from) || request.headers['if-range'] !== '"v1"') return whole(request, response)
  response.writeHead(206, {
    'content-range': `bytes ${from}-${content.length - 1}/${content.length}`,
    'content-length': content.length - from,
    etag: '"v1"',
  })
  response.end(content.subarray(from))
}

const setUp = (
  url: string,
  options: Parameters<typeof createDownload>[0] = {},
  request: Partial<DownloadRequest> = {},
) => {
  const file = path.join(temporaryFolder(), 'result.part')
  const download = createDownload(options)
  let start: DownloadRequest['start'] = null
  const fractions: (number | null)[] = []
  const attempt = (signal = new AbortController().signal) =>
    download({
      url,
      path: file,
      start,
      onStart: async (said) => {
        start = said
      },
      onProgress: (fraction) => fractions.push(fraction),
      signal,
      ...request,
    })
  return { file, attempt, fractions, begun: () => start }
}

const failed = async (work: Promise<unknown>): Promise<DownloadError> => {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  )
  if (!(error instanceof DownloadError)) throw error ?? new Error('it went well')
  return error
}

describe('a download', () => {
  it('receives the whole file and reports progress', async () => {
    const { url, seen } = await serve(whole)
    const { file, attempt, fractions } = setUp(url)
    expect(await attempt()).toEqual({ bytes: content.length })
    expect(readFileSync(file).equals(content)).toBe(true)
    expect(fractions.at(-1)).toBe(1)
    expect(seen[0]?.headers['accept-encoding']).toBe('identity')
    expect(seen[0]?.headers.range).toBeUndefined()
  })

  it.skipIf(process.platform === 'win32')('gives a file like any other of the person', async () => {
    const { url } = await serve(whole)
    const { file, attempt } = setUp(url)
    await attempt()
    const usual = path.join(temporaryFolder(), 'usual')
    writeFileSync(usual, '')
    expect(statSync(file).mode).toBe(statSync(usual).mode)
  })

  it('notices a broken connection, and continues there', async () => {
    const { url, seen } = await serve(cutAt(100_000), rest)
    const { file, attempt } = setUp(url)
    expect(await failed(attempt())).toMatchObject({ reason: 'broken', gained: true })
    const have = readFileSync(file).length
    expect(have).toBeGreaterThan(0)
    expect(await attempt()).toEqual({ bytes: content.length })
    expect(seen[1]?.headers.range).toBe(`bytes=${have}-`)
    expect(readFileSync(file).equals(content)).toBe(true)
  })

  it('starts again when the file of the link has changed', async () => {
    const other = Buffer.alloc(50_000, 7)
    const { url } = await serve(cutAt(100_000), (_request, response) => {
      response.writeHead(200, { 'content-length': other.length, etag: '"v2"' })
      response.end(other)
    })
    const { file, attempt, begun } = setUp(url)
    await failed(attempt())
    expect(await attempt()).toEqual({ bytes: other.length })
    expect(readFileSync(file).equals(other)).toBe(true)
    expect(begun()?.etag).toBe('"v2"')
  })

  it('requests the whole file if the server gave no strong ETag', async () => {
    const weak: Answer = (_request, response) => {
      response.writeHead(200, { 'content-length': content.length, etag: 'W/"v1"' })
      response.write(content.subarray(0, 90_000), () => setImmediate(() => response.destroy()))
    }
    const { url, seen } = await serve(weak, whole)
    const { file, attempt } = setUp(url)
    await failed(attempt())
    await attempt()
    expect(seen[1]?.headers.range).toBeUndefined()
    expect(readFileSync(file).equals(content)).toBe(true)
  })

  it.each([
    [
      'another part',
      { 'content-range': `bytes 5-${content.length - 1}/${content.length}` },
      'another part came back',
    ],
    [
      'another length',
      { 'content-range': 'bytes 90000-90009/90010' },
      'the file has changed its length',
    ],
    [
      'another file',
      { 'content-range': `bytes 90000-${content.length - 1}/${content.length}`, etag: '"v2"' },
      'the file has changed',
    ],
    ['no range at all', {}, 'another part came back'],
  ])('throws away what does not fit %s', async (_what, headers, message) => {
    const { url } = await serve(
      cutAt(90_000),
      (_request, response) => {
        response.writeHead(206, headers)
        response.end(content.subarray(0, 10))
      },
      whole,
    )
    const { file, attempt } = setUp(url)
    await failed(attempt())
    writeFileSync(file, content.subarray(0, 90_000))
    expect(await failed(attempt())).toMatchObject({ reason: 'broken', gained: false, message })
    expect(existsSync(file)).toBe(false)
    await attempt()
    expect(readFileSync(file).equals(content)).toBe(true)
  })

  it('is complete when the file on the disk is complete', async () => {
    const { url } = await serve(cutAt(1_000), (_request, response) => {
      response.writeHead(416, { 'content-range': `bytes */${content.length}` })
      response.end()
    })
    const { file, attempt } = setUp(url)
    await failed(attempt())
    writeFileSync(file, content)
    expect(await attempt()).toEqual({ bytes: content.length })
  })

  it.each([403, 404, 410, 400])('reports a link that is no longer valid: %i', async (status) => {
    const { url } = await serve((_request, response) => {
      response.writeHead(status, { 'content-type': 'application/xml' })
      response.end('<Error><Code>AccessDenied</Code></Error>')
    })
    const { file, attempt } = setUp(url)
    expect((await failed(attempt())).reason).toBe('refused')
    expect(existsSync(file)).toBe(false)
  })

  it.each([500, 503, 429])('may continue after %i', async (status) => {
    const { url } = await serve((_request, response) => response.writeHead(status).end(), whole)
    const { attempt } = setUp(url)
    expect(await failed(attempt())).toMatchObject({ reason: 'broken', gained: false })
    await attempt()
  })

  it('accepts a file of unknown length', async () => {
    const { url } = await serve((_request, response) => {
      response.writeHead(200)
      response.end(content)
    })
    const { file, attempt, fractions } = setUp(url)
    expect(await attempt()).toEqual({ bytes: content.length })
    expect(readFileSync(file).equals(content)).toBe(true)
    expect(fractions).toContain(null)
  })

  it('notices a break in a file of unknown length', async () => {
    const { url } = await serve((_request, response) => {
      response.writeHead(200)
      response.write(content.subarray(0, 1_000), () => setImmediate(() => response.destroy()))
    })
    const { attempt } = setUp(url)
    expect((await failed(attempt())).reason).toBe('broken')
  })

  it('does not wait forever for a silent server', async () => {
    const { url } = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': content.length, etag: '"v1"' })
      response.write(content.subarray(0, 1_000))
    })
    const { attempt } = setUp(url, { idle: 60 })
    expect(await failed(attempt())).toMatchObject({
      reason: 'broken',
      message: 'too little arrived for too long',
    })
  })

  it('does not wait for years for a server that sends a byte now and then', async () => {
    const { url } = await serve((_request, response) => {
      response.writeHead(200, { etag: '"v1"' })
      const drip = setInterval(() => response.write('x'), 5)
      response.on('close', () => clearInterval(drip))
    })
    const { attempt } = setUp(url, { idle: 300, leastBytes: 10_000 })
    expect(await failed(attempt())).toMatchObject({
      reason: 'broken',
      message: 'too little arrived for too long',
    })
  })

  it.each([
    ['come one by one', 'X-Slow: 1\r\n', 5],
    ['never end', `X-Much: ${'x'.repeat(8000)}\r\n`, 0],
  ])('does not wait for headers that %s', async (_what, header, pause) => {
    const server = createTcpServer((socket) => {
      socket.on('error', () => {})
      socket.write('HTTP/1.1 200 OK\r\n')
      const more = setInterval(() => socket.write(header), pause)
      socket.on('close', () => clearInterval(more))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void server.close())
    const { attempt, file } = setUp(
      `http://127.0.0.1:${(server.address() as AddressInfo).port}/result.mp4`,
      { idle: 500 },
    )
    expect((await failed(attempt())).reason).toBe('broken')
    expect(existsSync(file)).toBe(false)
  })

  it.each([
    ['once', 1],
    ['three times', 3],
  ])('keeps nothing of a small answer that was packed %s and is huge', async (_how, times) => {
    let packed = gzipSync(Buffer.alloc(64 << 20))
    for (let count = 1; count < times; count++) packed = gzipSync(packed)
    const encoding = Array.from({ length: times }, () => 'gzip').join(', ')
    const { url } = await serve((_request, response) => {
      response.writeHead(200, { 'content-encoding': encoding })
      response.end(packed)
    })
    const { attempt, file } = setUp(url, { maxBytes: 1 << 20 })
    expect((await failed(attempt())).reason).toBe('too-large')
    expect(existsSync(file)).toBe(false)
  })

  it('refuses a file larger than any result', async () => {
    const { url } = await serve(whole)
    await setUp(url, { maxBytes: content.length }).attempt()
    const { attempt } = setUp(url, { maxBytes: 1_000 })
    expect(await failed(attempt())).toMatchObject({
      reason: 'too-large',
      gained: false,
      message: expect.stringContaining(`${content.length} bytes`),
    })
    const endless = await serve((_request, response) => {
      response.writeHead(200)
      response.end(content)
    })
    const other = setUp(endless.url, { maxBytes: 1_000 })
    expect((await failed(other.attempt())).reason).toBe('too-large')
    expect(existsSync(other.file)).toBe(false)
    const ofJob = setUp(url, {}, { maxBytes: 1_000 })
    expect((await failed(ofJob.attempt())).reason).toBe('too-large')
  })

  it('closes the connection of a refused file', async () => {
    let closed = false
    const { url } = await serve((_request, response) => {
      response.on('close', () => {
        closed = true
      })
      response.writeHead(200, { 'content-length': content.length })
      response.write(content.subarray(0, 1_000))
    })
    // Without a reference, the garbage collector would close the connection at some time.
    const held: Response[] = []
    const holding: typeof fetch = async (...words) => {
      const response = await fetch(...words)
      held.push(response)
      return response
    }
    const { attempt } = setUp(url, { maxBytes: 1_000, fetch: holding })
    expect((await failed(attempt())).reason).toBe('too-large')
    await expect.poll(() => closed).toBe(true)
    expect(held).toHaveLength(1)
  })

  const page: (type: string, status?: number) => Answer =
    (type, status = 200) =>
    (_request, response) => {
      response.writeHead(status, { 'content-type': type })
      response.end(portalPage)
    }

  it.each([['text/html; charset=utf-8'], ['video/mp4']])(
    'does not take the page of a network for the result: %s',
    async (type) => {
      const { url } = await serve(page(type), whole)
      const { file, attempt } = setUp(url)
      const error = await failed(attempt())
      expect([error.reason, error.between?.key]).toEqual(['broken', 'failure.network_portal'])
      expect(existsSync(file)).toBe(false)
      await attempt()
      expect(readFileSync(file).equals(content)).toBe(true)
    },
  )

  it('keeps its part when the page of a network comes in between', async () => {
    const { url, seen } = await serve(cutAt(100_000), page('text/html'), rest)
    const { file, attempt } = setUp(url)
    await failed(attempt())
    const have = readFileSync(file).length
    expect((await failed(attempt())).reason).toBe('broken')
    expect(readFileSync(file).length).toBe(have)
    await attempt()
    expect(seen[2]?.headers.range).toBe(`bytes=${have}-`)
    expect(readFileSync(file).equals(content)).toBe(true)
  })

  it('distinguishes a missing network from a broken connection', async () => {
    const { attempt } = setUp('http://nobody.invalid/result.mp4')
    expect((await failed(attempt())).reason).toBe('offline')
    const closed = setUp('http://127.0.0.1:1/result.mp4')
    expect((await failed(closed.attempt())).reason).toBe('broken')
  })

  it('stops at once when cancelled, and keeps its part', async () => {
    const { url } = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': content.length, etag: '"v1"' })
      response.write(content.subarray(0, 100_000))
    }, rest)
    const { file, attempt } = setUp(url)
    const stop = new AbortController()
    const work = attempt(stop.signal)
    await expect.poll(() => readFileSync(file).length).toBeGreaterThan(0)
    stop.abort()
    await expect(work).rejects.toThrow(/abort/i)
    await attempt()
    expect(readFileSync(file).equals(content)).toBe(true)
  })

  it('passes on errors of the disk, unless it was cancelled before', async () => {
    const { url } = await serve(whole)
    const download = createDownload()
    const request: DownloadRequest = {
      url,
      path: path.join(temporaryFolder(), 'nowhere', 'result.part'),
      start: null,
      onStart: async () => {},
      onProgress: () => {},
      signal: new AbortController().signal,
    }
    await expect(download(request)).rejects.toMatchObject({ code: 'ENOENT' })
    await expect(download({ ...request, signal: AbortSignal.abort() })).rejects.toMatchObject({
      name: 'AbortError',
    })
  })
})
