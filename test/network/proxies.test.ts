import { expect, test } from 'vitest'
import { createProxyOf, nameOfProxy, ProxySettingError } from '../../main/network/proxies'

type Env = Record<string, string>

const chosen = async (address: string, env: Env, system?: string): Promise<string> => {
  const ask = system === undefined ? undefined : async () => system
  const proxy = await createProxyOf(env, ask)(new URL(address))
  return proxy ? `${proxy.kind} ${nameOfProxy(proxy)}` : 'direct'
}

const https = 'https://api.example.com/v1'
const both = { HTTPS_PROXY: 'http://secure:1', HTTP_PROXY: 'http://plain:2' }

test.each<[string, string, Env, string]>([
  ['nothing is set', https, {}, 'direct'],
  ['https', https, both, 'http secure:1'],
  ['http', 'http://api.example.com/', both, 'http plain:2'],
  ['lower case', https, { https_proxy: 'http://lower:1' }, 'http lower:1'],
  ['lower case wins', https, { https_proxy: 'http://lower:1', ...both }, 'http lower:1'],
  ['an empty one counts as none', https, { https_proxy: '', ALL_PROXY: 'a:1' }, 'http a:1'],
  ['all', https, { ALL_PROXY: 'socks5h://all:3' }, 'socks5 all:3'],
  ['all is second', https, { ALL_PROXY: 'socks5h://all:3', ...both }, 'http secure:1'],
  ['only the other scheme', https, { HTTP_PROXY: 'http://plain:2' }, 'direct'],
  ['without a scheme', https, { HTTPS_PROXY: 'proxy.example:3128' }, 'http proxy.example:3128'],
  ['without a port', https, { HTTPS_PROXY: 'http://proxy' }, 'http proxy:80'],
  ['over TLS', https, { HTTPS_PROXY: 'https://proxy' }, 'https proxy:443'],
  ['SOCKS without a port', https, { HTTPS_PROXY: 'socks5://proxy' }, 'socks5 proxy:1080'],
  ['SOCKS 4', https, { HTTPS_PROXY: 'socks4a://proxy:9' }, 'socks4 proxy:9'],
  ['an IPv6 proxy', https, { HTTPS_PROXY: 'http://[fd00::1]:8' }, 'http [fd00::1]:8'],
])('the proxy of the environment: %s', async (_, address, env, expected) => {
  expect(await chosen(address, env)).toBe(expected)
})

test.each<[string, string, boolean]>([
  ['*', https, true],
  ['api.example.com', https, true],
  ['example.com', https, true],
  ['.example.com', https, true],
  ['*.example.com', https, true],
  ['EXAMPLE.com', https, true],
  ['example.com', 'https://example.com./', true],
  ['ample.com', https, false],
  ['com.example', https, false],
  ['other.org,  example.com', https, true],
  ['other.org example.com', https, true],
  ['example.com:443', https, true],
  ['example.com:8443', https, false],
  ['example.com:8443', 'https://api.example.com:8443/', true],
  ['example.com:80', 'http://example.com/', true],
  ['10.1.2.3', 'https://10.1.2.3/', true],
  ['10.0.0.0/8', 'https://10.1.2.3/', true],
  ['10.0.0.0/16', 'https://10.1.2.3/', false],
  ['10.0.0.0/99', 'https://10.1.2.3/', false],
  ['2.3', 'https://10.1.2.3/', false],
  ['[fd00::1]:443', 'https://[fd00::1]/', true],
  ['[fd00::1]:80', 'https://[fd00::1]/', false],
  ['FD00:0::1', 'https://[fd00::1]/', true],
  ['fd00::/8', 'https://[fd12::1]/', true],
  ['', https, false],
  [',. ,', https, false],
])('NO_PROXY=%j for %s: %s', async (list, address, isDirect) => {
  for (const name of ['NO_PROXY', 'no_proxy'])
    expect(await chosen(address, { ALL_PROXY: 'p:1', [name]: list })).toBe(
      isDirect ? 'direct' : 'http p:1',
    )
})

test.each([
  'http://127.0.0.1:4000/',
  'http://127.9.9.9/',
  'http://localhost:4000/',
  'https://LOCALHOST/',
  'http://sandbox.localhost/',
  'http://[::1]:4000/',
  'http://[::ffff:127.0.0.1]/',
  'http://0.0.0.0/',
])('this computer is reached without a proxy: %s', async (address) => {
  expect(await chosen(address, { ALL_PROXY: 'p:1' }, 'PROXY p:1')).toBe('direct')
})

test.each([
  ['DIRECT', 'direct'],
  ['PROXY office:8080', 'http office:8080'],
  ['PROXY office:8080; DIRECT', 'http office:8080'],
  ['DIRECT; PROXY office:8080', 'direct'],
  ['HTTPS office:8443', 'https office:8443'],
  ['SOCKS5 office:1080;PROXY b:1', 'socks5 office:1080'],
  ['SOCKS office:1080', 'socks4 office:1080'],
  ['QUIC office:1; PROXY b:1', 'http b:1'],
  ['', 'direct'],
])('the system answers %j', async (answer, expected) => {
  expect(await chosen(https, {}, answer)).toBe(expected)
})

test('the environment comes before the system, also where it asks for no proxy', async () => {
  expect(await chosen(https, both, 'PROXY office:1')).toBe('http secure:1')
  expect(await chosen(https, { NO_PROXY: 'example.com' }, 'PROXY office:1')).toBe('direct')
})

test('the system does not get the path, which may contain a signature', async () => {
  const asked: string[] = []
  const ask = async (address: string) => {
    asked.push(address)
    return 'DIRECT'
  }
  await createProxyOf({}, ask)(new URL('https://b.example/clip.mp4?Signature=secret'))
  expect(asked).toEqual(['https://b.example'])
})

test.each(['http://user:geheim@', 'ftp://user:geheim@proxy:1', 'http://user:geheim@proxy:99999'])(
  'a variable that names no proxy is told without its value: %s',
  async (value) => {
    const error = await chosen(https, { https_proxy: value }).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(ProxySettingError)
    expect(error).toMatchObject({ variable: 'https_proxy' })
    expect(String(error)).not.toContain('geheim')
  },
)

test('a user is unescaped, and is not part of the name that people see', async () => {
  const env = { HTTPS_PROXY: 'http://me:p%40ss%@proxy:1' }
  const proxy = await createProxyOf(env)(new URL(https))
  expect(proxy?.user).toEqual({ name: 'me', password: 'p%40ss%' })
  const other = await createProxyOf({ HTTPS_PROXY: 'http://me:p%40ss@proxy:1' })(new URL(https))
  expect(other?.user).toEqual({ name: 'me', password: 'p@ss' })
  expect(other && nameOfProxy(other)).toBe('proxy:1')
})
