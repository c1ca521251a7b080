/** Why a service cannot call an address back. */
export type CallbackProblem =
  | 'too-long'
  /** Spaces, control characters or backslashes, which programs read differently. */
  | 'characters'
  | 'not-a-url'
  | 'not-https'
  /** A name or password in the address would be handed to the provider. */
  | 'credentials'
  /** The host is this computer, a private network, or an address that the internet does not have. */
  | 'private-host'

/** EvoLink's documented limit (docs/providers/evolink.md). Characters. */
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

/** The bits of an IPv4 address as text. */
const ipv4Bits = (address: string): string =>
  address
    .split('.')
    .map((part) => Number(part).toString(2).padStart(8, '0'))
    .join('')

/** The bits of an IPv6 address as text. */
const ipv6Bits = (address: string): string => {
  const groups = (part: string) => (part ? part.split(':') : [])
  const [before = [], after = []] = address.split('::').map(groups)
  const zeros = Array<string>(8 - before.length - after.length).fill('0')
  return [...before, ...zeros, ...after]
    .map((group) => Number.parseInt(group, 16).toString(2).padStart(16, '0'))
    .join('')
}

/** The leading bits that all addresses of a network share, from its 'address/length'. */
const networkBits = (network: string, bits: (address: string) => string): string => {
  const [address = '', length] = network.split('/')
  return bits(address).slice(0, Number(length))
}

/** IPv4 networks outside the public internet (IANA special-purpose address registry). */
const privateIpv4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
].map((network) => networkBits(network, ipv4Bits))

/** The only IPv6 network with public addresses, and its reserved parts. */
const globalUnicast = networkBits('2000::/3', ipv6Bits)
const reservedIpv6 = ['2001::/23', '2001:db8::/32', '3fff::/20'].map((network) =>
  networkBits(network, ipv6Bits),
)

/** IPv6 networks whose addresses contain an IPv4 address, and the bit where that begins. */
const carriers = [
  { network: networkBits('::ffff:0:0/96', ipv6Bits), at: 96 },
  { network: networkBits('64:ff9b::/96', ipv6Bits), at: 96 }, // NAT64
  { network: networkBits('2002::/16', ipv6Bits), at: 16 }, // 6to4
]

const isPrivateIpv4 = (bits: string): boolean =>
  privateIpv4.some((network) => bits.startsWith(network))

const isPrivateIpv6 = (bits: string): boolean => {
  const carrier = carriers.find(({ network }) => bits.startsWith(network))
  if (carrier) return isPrivateIpv4(bits.slice(carrier.at))
  const isReserved = reservedIpv6.some((network) => bits.startsWith(network))
  return isReserved || !bits.startsWith(globalUnicast)
}

/** `host` as the URL parser writes it: lower case, punycode, IPv4 in four decimal parts, IPv6 in brackets. */
const isPrivateHost = (host: string): boolean => {
  if (host.startsWith('[')) return isPrivateIpv6(ipv6Bits(host.slice(1, -1)))
  if (/^\d+\.\d+\.\d+\.\d+$/.test(host)) return isPrivateIpv4(ipv4Bits(host))
  const name = host.replace(/\.$/, '')
  if (!name.includes('.') || name.includes('..')) return true
  return localEndings.some((ending) => name.endsWith(`.${ending}`))
}

/**
 * Why a service cannot call this address back; null when it can.
 *
 * Only https, no private or loopback host in any spelling, at most 2048 characters. A public name
 * that resolves to a private address cannot be recognised without asking the network.
 */
export const callbackProblem = (given: string): CallbackProblem | null => {
  if (given.length > longestCallback) return 'too-long'
  if (/[\s\\]|\p{Cc}/u.test(given)) return 'characters'
  const url = URL.parse(given)
  if (!url) return 'not-a-url'
  if (url.protocol !== 'https:') return 'not-https'
  if (url.username || url.password) return 'credentials'
  if (isPrivateHost(url.hostname)) return 'private-host'
  return url.href.length > longestCallback ? 'too-long' : null
}
