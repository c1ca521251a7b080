import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { reachOf } from '../../main/diagnostics/reach'
import { createFetch, type Fetch } from '../../main/network/fetch'
import { directNetwork } from '../../main/network/network'
import { ProxySettingError } from '../../main/network/proxies'

let clock = 0
const now = () => {
  clock += 5
  return clock
}
const refused: Fetch = async () => {
  throw Object.assign(new TypeError('fetch failed'), {
    cause: Object.assign(new Error('no such host'), { code: 'ENOTFOUND' }),
  })
}
const direct = async () => null
const asked = { id: 'evolink', key: 'stored', baseUrl: 'https://api.example.com/v1' } as const

it('asks nobody on behalf of a provider without a key', async () => {
  const fetch: Fetch = () => Promise.reject(new Error('asked'))
  const asking = { fetch, proxyOf: direct, now }
  expect(await reachOf({ ...asked, key: 'none' }, asking)).toBe('evolink: no key; not asked')
  expect(await reachOf({ ...asked, id: 'sandbox', key: 'not-needed' }, asking)).toBe(
    'sandbox: on this computer',
  )
})

it('says that a host does not answer, and what the system says', async () => {
  expect(await reachOf(asked, { fetch: refused, proxyOf: direct, now })).toBe(
    'evolink: key stored; api.example.com does not answer (ENOTFOUND) after 5 ms, without a proxy',
  )
})

it('names the proxy without its password', async () => {
  const proxy = {
    kind: 'http',
    host: 'proxy.example',
    port: 3128,
    user: { name: 'mira', password: 'secret' },
  } as const
  const said = await reachOf(asked, { fetch: refused, proxyOf: async () => proxy, now })
  expect(said).toContain('through http proxy proxy.example:3128')
  expect(said).not.toMatch(/mira|secret/)
})

it('says which variable names no proxy', async () => {
  const proxyOf = () => Promise.reject(new ProxySettingError('HTTPS_PROXY'))
  expect(await reachOf(asked, { fetch: refused, proxyOf, now })).toContain('HTTPS_PROXY')
})

it('takes any answer of a real server as reachable, and sends it no key and no path', async () => {
  const seen: unknown[] = []
  const server = createServer((request, response) => {
    seen.push([request.url, request.headers.authorization])
    response.writeHead(404).end('no such page')
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { fetch, close } = createFetch(directNetwork)
  onTestFinished(async () => {
    await close()
    server.close()
  })
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/secret-path`
  const { proxyOf } = directNetwork
  expect(await reachOf({ ...asked, baseUrl }, { fetch, proxyOf, now })).toContain('(HTTP 404)')
  expect(seen).toEqual([['/', undefined]])
})
