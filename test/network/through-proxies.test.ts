import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { LookupFunction } from 'node:net'
import path from 'node:path'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { createDownload, DownloadError } from '../../main/jobs/download'
import { createFetch } from '../../main/network/fetch'
import { createNetwork, type Network } from '../../main/network/network'
import { createProxyOf } from '../../main/network/proxies'
import { createHttp } from '../../main/providers/http/http'
import { uploadError } from '../../main/providers/http/upload-attempts'
import { ProviderError } from '../../main/providers/provider'
import { createBucket } from '../../main/uploads/bucket'
import { createUploadMemory } from '../../main/uploads/upload-memory'
import { say } from '../../preload/contract/language'
import { languages } from '../../preload/contract/language/languages'
import { failing, hastyClock } from '../support/connected-provider'
import { createFakeProvider } from '../support/fake-provider'
import {
  beyondProxy,
  certificate,
  startForwardProxy,
  startSocksProxy,
} from '../support/forward-proxy'
import { startS3Server } from '../support/s3-server'
import { close, listen } from '../support/strict-faults'
import { temporaryFolder } from '../support/temporary-folder'

const call = () => ({ signal: new AbortController().signal })

let address: string
let arrived: { line: string; headers: Record<string, unknown>; body: string }[]
let file: { path: string; name: string; contentType: string; bytes: number }

beforeAll(() => {
  setDefaultCACertificates([...getCACertificates(), readFileSync(certificate, 'utf8')])
})

beforeEach(async () => {
  arrived = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    arrived.push({ line: `${request.method} ${request.url}`, headers: request.headers, body })
    response.end('{"ok":true}')
  })
  address = await listen(server)
  onTestFinished(() => close(server))
  const folder = temporaryFolder()
  file = { path: path.join(folder, 'a.mp4'), name: 'a.mp4', contentType: 'video/mp4', bytes: 8 }
  writeFileSync(file.path, 'the clip')
})

const through = (url: string, lookup?: LookupFunction): Network =>
  createNetwork(createProxyOf({ ALL_PROXY: url }), lookup ? { lookup, timeout: 50 } : {})

/** Every way in which we send a request, through this network. */
const ways: Record<string, (network: Network, url: string) => Promise<unknown>> = {
  'a call': async (network, url) => {
    const http = createHttp({}, network)
    onTestFinished(http.close)
    return http.send({ method: 'POST', url, headers: {}, body: { a: 1 }, fresh: true }, call())
  },
  'an upload': async (network, url) => {
    const http = createHttp({}, network)
    onTestFinished(http.close)
    const upload = { url, fields: [['key', 'k']] as const, file, signal: call().signal }
    return await http.upload(upload).catch((error: unknown) => {
      throw uploadError(error, file, new URL(url).host)
    })
  },
  'a download': async (network, url) => {
    const { fetch, close: end } = createFetch(network)
    onTestFinished(end)
    const target = path.join(temporaryFolder(), 'result.part')
    const more = { headers: {}, start: null, onStart: async () => {}, onProgress: () => {} }
    await createDownload({ fetch })({ url, path: target, ...more, signal: call().signal })
    expect(readFileSync(target, 'utf8')).toBe('{"ok":true}')
  },
}

describe.each(Object.keys(ways))('%s', (way) => {
  const send = (network: Network, url: string) => ways[way]?.(network, url) ?? Promise.reject()

  test.each(['http', 'https'] as const)('passes a proxy with a user, by %s', async (scheme) => {
    const proxy = await startForwardProxy({ user: { name: 'me', password: 'p@ss:1' } })
    const url = `${await beyondProxy(address, 'api', scheme)}/v1/x?y=1`
    await send(through(proxy.url), url)
    await send(through(proxy.url), url)
    const { host } = new URL(url)
    const method = way === 'a download' ? 'GET' : 'POST'
    const isWhole = scheme === 'http' && way !== 'an upload'
    const line = isWhole ? `${method} http://${host}/v1/x` : `CONNECT ${host}`
    expect(proxy.passed).toEqual([line, line])
    expect(arrived.map((each) => each.line)).toEqual([`${method} /v1/x?y=1`, `${method} /v1/x?y=1`])
    expect(arrived[0]?.headers).toMatchObject({ host })
    expect(arrived[0]?.headers).not.toHaveProperty('proxy-authorization')
    if (way === 'an upload') expect(arrived[0]?.body).toContain('the clip')
  })

  test.each(['http', 'https'] as const)('passes a SOCKS proxy, by %s', async (scheme) => {
    const proxy = await startSocksProxy()
    const url = `${await beyondProxy(address, 'api', scheme)}/v1/x`
    await send(through(proxy.url), url)
    expect(proxy.passed).toEqual([new URL(url).host])
    expect(arrived).toHaveLength(1)
  })

  test('reaches this computer without the proxy', async () => {
    const proxy = await startForwardProxy()
    await send(through(proxy.url), `${address}/v1/x`)
    expect(proxy.passed).toEqual([])
    expect(arrived).toHaveLength(1)
  })

  test.each(['http', 'https'] as const)(
    'says that the proxy asks for a user, by %s',
    async (scheme) => {
      const proxy = await startForwardProxy({ user: { name: 'me', password: 'right' } })
      const url = `${await beyondProxy(address, 'api', scheme)}/v1/x`
      const wrong = proxy.url.replace('right', 'geheim')
      const error = await send(through(wrong), url).catch((reason: unknown) => reason)
      expect(proxy.refused).toHaveLength(1)
      expect(arrived).toEqual([])
      expect(sentencesOf(error)).toEqual([
        `The proxy 127.0.0.1:${proxy.port} refused: it requires a user name and a password. Add them to the proxy’s address.`,
        `代理 127.0.0.1:${proxy.port} 拒绝了连接：需要用户名和密码。请将其加入代理地址。`,
      ])
      expect(everythingIn(error)).not.toContain('geheim')
    },
  )

  test('says which proxy refused a tunnel', async () => {
    const proxy = await startForwardProxy({ status: 503 })
    const url = `${await beyondProxy(address, 'api', 'https')}/v1/x`
    const error = await send(through(proxy.url), url).catch((reason: unknown) => reason)
    expect(sentencesOf(error)[0]).toBe(
      `The proxy 127.0.0.1:${proxy.port} refused the connection to ${new URL(url).host}: HTTP 503`,
    )
    expect(arrived).toEqual([])
  })

  test.each(['http', 'https'])('says which proxy is not there, by %s', async (scheme) => {
    const url = `${scheme}://api.reshoot.test/v1/x`
    const error = await send(through('http://127.0.0.1:9'), url).catch((reason: unknown) => reason)
    expect(sentencesOf(error)[0]).toBe(
      'The proxy 127.0.0.1:9 refused the connection to api.reshoot.test: ECONNREFUSED',
    )
  })

  test('says that a variable names no proxy', async () => {
    const sending = send(through('http://me:geheim@'), 'http://api.reshoot.test/')
    const error = await sending.catch((reason: unknown) => reason)
    expect(sentencesOf(error)[0]).toBe('The variable ALL_PROXY contains no valid proxy address.')
    expect(everythingIn(error)).not.toContain('geheim')
  })

  test('does not wait for ever for a name', async () => {
    const asked: string[] = []
    const neverAnswers: LookupFunction = (name) => void asked.push(name)
    const network = createNetwork(createProxyOf({}), { lookup: neverAnswers, timeout: 50 })
    for (const scheme of ['http', 'https']) {
      const error = await send(network, `${scheme}://slow.example/`).catch((reason) => reason)
      if (error instanceof DownloadError) expect(error.reason).toBe('offline')
      else expect(sentencesOf(error)[0]).toBe('slow.example is not responding.')
    }
    expect(asked).toEqual(['slow.example', 'slow.example'])
  })

  test('does not wait for ever for a proxy', async () => {
    const proxy = await startForwardProxy({ silent: true })
    const network = createNetwork(createProxyOf({ ALL_PROXY: proxy.url }), { timeout: 50 })
    const error = await send(network, 'https://api.reshoot.test/').catch((reason) => reason)
    expect(sentencesOf(error)[0]).toMatch(
      /^The proxy .* refused the connection to api.reshoot.test/,
    )
  })
})

const textOf = (error: unknown) => {
  if (error instanceof ProviderError) return error.failure.text
  if (error instanceof DownloadError && error.between) return error.between
  throw new Error('not the expected failure', { cause: error })
}
const sentencesOf = (error: unknown): string[] => {
  const text = textOf(error)
  return languages.map(({ id }) => say(text, id))
}

/** All that a log could show of an error. */
const everythingIn = (error: unknown): string =>
  error instanceof Error
    ? `${error.stack} ${JSON.stringify(error)} ${everythingIn(error.cause)}`
    : String(error)

describe('a create', () => {
  const create = async (proxy: string, scheme: 'http' | 'https') =>
    failing(ways['a call']?.(through(proxy), `${await beyondProxy(address, 'api', scheme)}/v1/x`))

  test.each(['http', 'https'] as const)(
    'that the proxy turned away was certainly not sent, by %s',
    async (scheme) => {
      const proxy = await startForwardProxy({ status: 407 })
      expect(await create(proxy.url, scheme)).toMatchObject({
        sent: 'no',
        failure: { kind: 'temporary', action: 'reconnect' },
      })
      expect(await create('http://127.0.0.1:9', scheme)).toMatchObject({ sent: 'no' })
    },
  )

  test.each(['http', 'https'] as const)(
    'whose answer is lost behind the proxy may have been sent, by %s',
    async (scheme) => {
      const server = createServer((request) => request.socket.destroy())
      onTestFinished(() => close(server))
      address = await listen(server)
      const proxy = await startForwardProxy()
      expect(await create(proxy.url, scheme)).toMatchObject({ sent: 'maybe' })
    },
  )
})

test.each(['http', 'https'] as const)(
  'the bucket is used through a proxy, by %s',
  async (scheme) => {
    const [s3, proxy] = await Promise.all([startS3Server(), startForwardProxy()])
    const endpoint = await beyondProxy(s3.url, 's3', scheme)
    const network = through(proxy.url)
    const web = createFetch(network)
    let names = 0
    const bucket = createBucket({
      state: () => ({
        kind: 'ready',
        access: { ...s3.access, settings: { ...s3.access.settings, endpoint, pathStyle: true } },
      }),
      network,
      fetch: web.fetch,
      memory: createUploadMemory(temporaryFolder()),
      clock: hastyClock(),
      unique: () => `unique-${++names}`,
    })
    onTestFinished(async () => {
      bucket.close()
      await web.close()
    })
    expect(await bucket.test(call().signal)).toEqual({ ok: true, isPrivate: true })
    await bucket.uploadFor(createFakeProvider())(file, call())
    expect(s3.requests).toEqual(['PutObject', 'GetObject', 'DeleteObject', 'PutObject'])
    const { host } = new URL(endpoint)
    const read =
      scheme === 'http' ? `GET http://${host}/${s3.bucket}/reshoot/test-unique-1.txt` : null
    expect(new Set(proxy.passed)).toEqual(new Set([`CONNECT ${host}`, ...(read ? [read] : [])]))
  },
)

test.each(['http', 'https'] as const)(
  'the bucket says that the proxy refuses, by %s',
  async (scheme) => {
    const proxy = await startForwardProxy({ status: 407 })
    const s3 = await startS3Server()
    const endpoint = await beyondProxy(s3.url, 's3', scheme)
    const network = through(proxy.url)
    const bucket = createBucket({
      state: () => ({
        kind: 'ready',
        access: { ...s3.access, settings: { ...s3.access.settings, endpoint, pathStyle: true } },
      }),
      network,
      fetch: createFetch(network).fetch,
      memory: createUploadMemory(temporaryFolder()),
      clock: hastyClock(),
      unique: () => 'unique',
    })
    onTestFinished(() => bucket.close())
    const error = await failing(bucket.uploadFor(createFakeProvider())(file, call()))
    expect(sentencesOf(error)[0]).toMatch(/^The proxy .* requires a user name and a password/)
  },
)
