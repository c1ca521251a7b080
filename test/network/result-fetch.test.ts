import { createServer } from 'node:http'
import type { LookupFunction } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createDownload } from '../../main/jobs/download'
import { createFetch } from '../../main/network/fetch'
import { createNetwork, directNetwork } from '../../main/network/network'
import { createProxyOf } from '../../main/network/proxies'
import {
  createResultFetch,
  ForbiddenAddressError,
  isPublicAddress,
  lookupOfResults,
  placeOf,
} from '../../main/network/result-fetch'
import { close, listen } from '../support/strict-faults'
import { temporaryFolder } from '../support/temporary-folder'

const signal = new AbortController().signal

describe('an address', () => {
  it.each([
    ...['127.0.0.1', '0.0.0.0', '10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.1.1'],
    ...['169.254.169.254', '100.64.0.1', '224.0.0.1', '255.255.255.255', '::', '::1', 'fe80::1'],
    ...['fd00::1', '::ffff:10.0.0.1', '64:ff9b::a00:1', '2002:7f00:1::1', 'not an address'],
  ])('%s is not public', (address) => expect(isPublicAddress(address)).toBe(false))

  it.each(['8.8.8.8', '172.32.0.1', '198.18.0.7', '2606:4700::1', '64:ff9b::808:808'])(
    '%s is public',
    (address) => expect(isPublicAddress(address)).toBe(true),
  )
})

describe('a result', () => {
  it.each([
    'file:///etc/passwd',
    'http://videos.example.com/a.mp4',
    'https://127.0.0.1/a.mp4',
    'https://[::1]/a.mp4',
    'https://2130706433/a.mp4',
    'https://0x7f.1/a.mp4',
    'https://169.254.169.254/latest/meta-data',
    'https://localhost/a.mp4',
    'https://printer/a.mp4',
    'https://nas.local/a.mp4',
    'https://metadata.google.internal/',
    'https://localhost./a.mp4',
    'https://nas.local./a.mp4',
    'https://10.0.0.1./a.mp4',
    'data:video/mp4,x',
    'no address',
  ])('%s is not fetched', (address) => {
    expect(() => placeOf(address, null)).toThrow(ForbiddenAddressError)
  })

  it('of a public server is, and of the own host too, by http and on any port', () => {
    expect(placeOf('https://videos.example.com:8443/a.mp4?Signature=1', null)).toBe('public')
    expect(placeOf('http://127.0.0.1:9/a.mp4', '127.0.0.1')).toBe('own')
    expect(placeOf('http://nas.local/a.mp4', 'nas.local')).toBe('own')
    expect(placeOf('http://127.0.0.1:9/a.mp4', 'nas.local')).toBe('own')
    expect(() => placeOf('http://192.168.1.1/', 'nas.local')).toThrow(ForbiddenAddressError)
  })

  /** A server of this computer that counts, and redirects where a path says so. */
  const serve = async () => {
    const seen: string[] = []
    const server = createServer((request, response) => {
      seen.push(request.url ?? '')
      const to = new URL(request.url ?? '', 'http://x').searchParams.get('to')
      if (to !== null) response.writeHead(302, { location: to })
      response.end('the clip')
    })
    const address = await listen(server)
    onTestFinished(() => close(server))
    return { address, seen }
  }
  const fetchWith = (lookup?: LookupFunction) => {
    const network = lookup ? createNetwork(createProxyOf({}), { lookup }) : directNetwork
    const web = createFetch(network)
    const publicWeb = createFetch(network, lookupOfResults(network.connecting.lookup))
    onTestFinished(async () => {
      await Promise.all([web.close(), publicWeb.close()])
    })
    return createResultFetch({ fetch: web.fetch, publicFetch: publicWeb.fetch })
  }

  it('is not fetched from a name that leads into the own network, even if it did not a moment ago', async () => {
    const { address, seen } = await serve()
    const { port } = new URL(address)
    const answers = ['93.184.216.34', '127.0.0.1']
    const rebinding: LookupFunction = (_host, options, callback) => {
      const found = answers.shift() ?? '127.0.0.1'
      if (options.all) callback(null, [{ address: found, family: 4 }])
      else callback(null, found, 4)
    }
    answers.shift() // an earlier check of the name has seen a public server
    const asked = fetchWith(rebinding)(`https://videos.example.com:${port}/a.mp4`, { signal })
    const error: unknown = await asked.catch((reason: unknown) => reason)
    expect(error).toMatchObject({ cause: { name: 'ForbiddenAddressError' } })
    expect(seen).toEqual([])
  })

  it('is not fetched from a name of which one address is in the own network', async () => {
    const { address, seen } = await serve()
    const { port } = new URL(address)
    const both: LookupFunction = (_host, _options, callback) =>
      callback(null, [
        { address: '127.0.0.1', family: 4 },
        { address: '93.184.216.34', family: 4 },
      ])
    const asked = fetchWith(both)(`https://videos.example.com:${port}/a.mp4`, { signal })
    const error: unknown = await asked.catch((reason: unknown) => reason)
    expect(error).toMatchObject({ cause: { name: 'ForbiddenAddressError' } })
    expect(seen).toEqual([])
  })

  it.each(['http://169.254.169.254/', 'file:///etc/passwd', 'https://10.0.0.1/', '//printer/x'])(
    'is not fetched when its own host redirects to %s',
    async (to) => {
      const { address, seen } = await serve()
      const start = `${address}/?to=${encodeURIComponent(to)}`
      const { hostname } = new URL(address)
      const asked = fetchWith()(start, { signal, ownHost: hostname })
      await expect(asked).rejects.toThrow(ForbiddenAddressError)
      expect(seen).toHaveLength(1)
    },
  )

  it('is asked for by https where its address says http', async () => {
    const asked: string[] = []
    const fetch = createResultFetch({
      fetch: () => Promise.reject(new Error('not the own host')),
      publicFetch: async (address) => {
        asked.push(address)
        return { ok: true, status: 200, headers: { get: () => null }, body: null }
      },
    })
    await fetch('http://videos.example.com/a.mp4?Signature=a%2Bb', { signal })
    expect(asked).toEqual(['https://videos.example.com/a.mp4?Signature=a%2Bb'])
    await expect(fetch('http://videos.example.com:81/', { signal })).rejects.toThrow('https')
  })

  it('follows a redirect on the own host, but not round in circles', async () => {
    const { address, seen } = await serve()
    const ownHost = new URL(address).hostname
    const fetch = fetchWith()
    const answer = await fetch(`${address}/?to=/there`, { signal, ownHost })
    expect(answer.status).toBe(200)
    expect(seen).toEqual(['/?to=/there', '/there'])
    const circle = `${address}/?to=${encodeURIComponent('?to=x')}`
    expect((await fetch(circle, { signal, ownHost })).status).toBe(200)
    let asked = 0
    const endless = createResultFetch({
      fetch: async () => {
        asked++
        return { ok: false, status: 302, headers: { get: () => '/again' }, body: null }
      },
      publicFetch: () => Promise.reject(new Error('not public')),
    })
    await expect(endless(address, { signal, ownHost })).rejects.toThrow('too often')
    expect(asked).toBe(6)
  })

  it('that is forbidden counts as a refused link, so that the task is asked for another', async () => {
    const download = createDownload({ fetch: fetchWith() })
    const asked = download({
      url: 'https://127.0.0.1/result.mp4?Signature=secret',
      path: `${temporaryFolder()}/result.part`,
      start: null,
      onStart: async () => {},
      onProgress: () => {},
      signal,
    })
    await expect(asked).rejects.toMatchObject({ reason: 'refused' })
    await expect(asked).rejects.not.toThrow('secret')
  })
})
