/** Why an address cannot be called back. */
export type CallbackProblem =
  | 'too-long'
  /** Spaces, control characters or backslashes, which programs read differently. */
  | 'characters'
  | 'not-a-url'
  | 'not-https'
  /** A name or password in the address would be handed to the provider. */
  | 'credentials'
  /** The host is this computer, a private network, or no address that the internet has. */
  | 'private-host'

/** As EvoLink documents it (PROVIDERS.md §2.2); characters. */
export const longestCallback = 2048

/** Endings of names that only a local network resolves (RFC 6761, RFC 6762, RFC 8375, ICANN's .internal). */
const localEndings = [
  'localhost',
  'local',
  'localdomain',
  'internal',
  'intranet',
  'lan',
  'home',
  'home.arpa',
  'corp',
  'private',
  'test',
  'invalid',
  'onion',
]

/** IPv4 that is not on the public internet (IANA special-purpose registry), as address and prefix length. */
const privateIpv4: readonly [string, number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
]

const numberOf = (ipv4: string): number =>
  ipv4.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)

const isPrivateIpv4 = (address: number): boolean =>
  privateIpv4.some(([start, prefix]) => {
    const size = 2 ** (32 - prefix)
    return Math.floor(address / size) === Math.floor(numberOf(start) / size)
  })

/** The eight groups of an IPv6 address as the URL parser writes it. */
function groupsOf(ipv6: string): number[] {
  const [head = '', tail] = ipv6.split('::')
  const parse = (part: string) => (part ? part.split(':').map((group) => parseInt(group, 16)) : [])
  if (tail === undefined) return parse(head)
  const [before, after] = [parse(head), parse(tail)]
  return [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after]
}

const joined = (high = 0, low = 0): number => high * 65_536 + low

/** Only global unicast is called back; an IPv4 inside is judged as itself. */
function isPrivateIpv6(groups: readonly number[]): boolean {
  const [first = 0, second = 0, third = 0] = groups
  const zeros = (count: number) => groups.slice(0, count).every((group) => group === 0)
  const last = joined(groups[6], groups[7])
  if (zeros(5) && groups[5] === 0xffff) return isPrivateIpv4(last) // ::ffff:a.b.c.d
  if (zeros(6)) return true // ::, ::1 and the old IPv4-compatible form
  const isNat64 = first === 0x64 && second === 0xff9b
  if (isNat64) return third !== 0 || isPrivateIpv4(last)
  if (first === 0x2002) return isPrivateIpv4(joined(second, third)) // 6to4
  const isReserved = first === 0x2001 && (second < 0x200 || second === 0xdb8)
  const isDocumentation = first === 0x3fff && second < 0x1000
  return first >> 13 !== 1 || isReserved || isDocumentation
}

/** `host` as the URL parser writes it: lower case, punycode, IPv4 in four decimal parts, IPv6 in brackets. */
function isPrivateHost(host: string): boolean {
  if (host.startsWith('[')) return isPrivateIpv6(groupsOf(host.slice(1, -1)))
  if (/^\d+\.\d+\.\d+\.\d+$/.test(host)) return isPrivateIpv4(numberOf(host))
  const name = host.replace(/\.$/, '')
  if (!name.includes('.') || name.includes('..')) return true
  return localEndings.some((ending) => name.endsWith(`.${ending}`))
}

/**
 * What keeps a service from calling an address back; null when nothing does.
 *
 * https only, no private or loopback host in any spelling, at most 2048 characters. A public name that
 * resolves to a private address cannot be told without asking the network.
 */
export function callbackProblem(given: string): CallbackProblem | null {
  if (given.length > longestCallback) return 'too-long'
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (/[\s\\\u0000-\u001f\u007f]/.test(given)) return 'characters'
  const url = URL.parse(given)
  if (!url) return 'not-a-url'
  if (url.protocol !== 'https:') return 'not-https'
  if (url.username || url.password) return 'credentials'
  if (isPrivateHost(url.hostname)) return 'private-host'
  return url.href.length > longestCallback ? 'too-long' : null
}
