import { BlockList, isIP, isIPv6 } from 'node:net'

/** A server that passes requests on. */
export interface ProxyServer {
  kind: 'http' | 'https' | 'socks4' | 'socks5'
  host: string
  port: number
  /** Never logged and never shown. */
  user: { name: string; password: string } | null
}

/** The proxy for an address; null for a direct connection. Rejects with `ProxySettingError`. */
export type ProxyOf = (url: URL) => Promise<ProxyServer | null>

/** A proxy's name for people, without its credentials. */
export const nameOfProxy = ({ host, port }: ProxyServer): string =>
  `${isIPv6(host) ? `[${host}]` : host}:${port}`

/** A variable of the environment that names no proxy we can use. */
export class ProxySettingError extends Error {
  override readonly name = 'ProxySettingError'
  /** Without the value, which may contain a password. */
  constructor(readonly variable: string) {
    super(`${variable} is no address of a proxy`)
  }
}

const kinds: Record<string, { kind: ProxyServer['kind']; port: number }> = {
  'http:': { kind: 'http', port: 80 },
  'https:': { kind: 'https', port: 443 },
  'socks:': { kind: 'socks5', port: 1080 },
  'socks5:': { kind: 'socks5', port: 1080 },
  'socks5h:': { kind: 'socks5', port: 1080 },
  'socks4:': { kind: 'socks4', port: 1080 },
  'socks4a:': { kind: 'socks4', port: 1080 },
}

const withoutBrackets = (host: string): string => host.replace(/^\[|\]$/g, '')

/** A password with a bare % is not escaped. */
const unescaped = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

const parseProxy = (text: string): ProxyServer | null => {
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`)
  const known = url && kinds[url.protocol]
  if (!known || url.hostname === '') return null
  const user = { name: unescaped(url.username), password: unescaped(url.password) }
  return {
    kind: known.kind,
    host: withoutBrackets(url.hostname),
    port: url.port === '' ? known.port : Number(url.port),
    user: user.name === '' && user.password === '' ? null : user,
  }
}

const networks = (...subnets: [string, number][]): BlockList => {
  const list = new BlockList()
  for (const [address, prefix] of subnets)
    list.addSubnet(address, prefix, isIPv6(address) ? 'ipv6' : 'ipv4')
  return list
}

const contains = (list: BlockList, host: string): boolean =>
  isIP(host) !== 0 && list.check(host, isIPv6(host) ? 'ipv6' : 'ipv4')

// A BlockList also recognises IPv4 addresses inside IPv6, such as ::ffff:127.0.0.1.
const loopback = networks(['127.0.0.0', 8], ['0.0.0.0', 32], ['::1', 128], ['::', 128])

/** Whether a host is this computer, where the Sandbox runs: no proxy could reach it. */
const isLoopback = (host: string): boolean =>
  host === 'localhost' || host.endsWith('.localhost') || contains(loopback, host)

/** Length of an address; -1 for anything else. */
const bitsOf = (address: string): number => ({ 4: 32, 6: 128 })[isIP(address)] ?? -1

/** Splits `host`, `host:port`, `[address]:port` and a bare IPv6 address. */
const hostAndPort = (entry: string): { host: string; port: string } => {
  if (isIPv6(entry)) return { host: entry, port: '' }
  const [, host = entry, port = ''] = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(entry) ?? []
  return { host: withoutBrackets(host), port }
}

/** Whether an entry of NO_PROXY covers a host: `*`, a name with all below it, an address, or a network (10.0.0.0/8). */
const covers = (entry: string, host: string, port: string): boolean => {
  if (entry === '*') return true
  const [, address = '', prefix] = /^([\da-f.:]+)\/(\d{1,3})$/.exec(entry) ?? []
  if (prefix !== undefined)
    return Number(prefix) <= bitsOf(address) && contains(networks([address, Number(prefix)]), host)
  const wanted = hostAndPort(entry)
  if (wanted.port !== '' && wanted.port !== port) return false
  const name = wanted.host.replace(/^\*?\./, '')
  if (name === '') return false
  if (isIP(name) !== 0) return contains(networks([name, bitsOf(name)]), host)
  return host === name || (isIP(host) === 0 && host.endsWith(`.${name}`))
}

type Environment = Readonly<Record<string, string | undefined>>

/** The first variable that is set, in lower or upper case, as curl reads them. */
const firstSet = (env: Environment, ...names: readonly string[]) =>
  names
    .flatMap((name) => [name, name.toUpperCase()])
    .map((variable) => ({ variable, value: env[variable]?.trim() ?? '' }))
    .find(({ value }) => value !== '')

/**
 * The proxy that the environment names for an address, 'direct' where it asks for none, null where it says nothing.
 * Throws `ProxySettingError`.
 */
const environmentProxy = (url: URL, env: Environment): ProxyServer | 'direct' | null => {
  const host = withoutBrackets(url.hostname).replace(/\.$/, '')
  const port = url.port || (url.protocol === 'https:' ? '443' : '80')
  const excepted = (firstSet(env, 'no_proxy')?.value ?? '').toLowerCase().split(/[\s,]+/)
  if (excepted.some((entry) => entry !== '' && covers(entry, host, port))) return 'direct'
  const set = firstSet(env, `${url.protocol.slice(0, -1)}_proxy`, 'all_proxy')
  if (!set) return null
  const proxy = parseProxy(set.value)
  if (!proxy) throw new ProxySettingError(set.variable)
  return proxy
}

const systemSchemes: Record<string, string> = {
  PROXY: 'http',
  HTTPS: 'https',
  SOCKS: 'socks4',
  SOCKS4: 'socks4',
  SOCKS5: 'socks5',
}

/** The first entry that we can use of the system's answer, such as "PROXY a:3128; DIRECT". */
const systemProxy = (answer: string): ProxyServer | null => {
  for (const entry of answer.split(';')) {
    const [word = '', address = ''] = entry.trim().split(/\s+/)
    if (word.toUpperCase() === 'DIRECT') return null
    const scheme = systemSchemes[word.toUpperCase()]
    const proxy = scheme && address ? parseProxy(`${scheme}://${address}`) : null
    if (proxy) return proxy
  }
  return null
}

/**
 * Decides which proxy a request uses: none for this computer, else the one of the environment, else the system's.
 *
 * `system` answers like Chromium's resolver ("PROXY host:port; DIRECT"); without it the system is not asked.
 */
export const createProxyOf =
  (env: Environment, system?: (address: string) => Promise<string>): ProxyOf =>
  async (url) => {
    if (isLoopback(withoutBrackets(url.hostname))) return null
    const named = environmentProxy(url, env)
    if (named !== null) return named === 'direct' ? null : named
    // A script of the system needs no path, which may contain a signature.
    return system ? systemProxy(await system(url.origin)) : null
  }
