import { lookup as systemLookup } from 'node:dns'
import { BlockList, isIP, isIPv6, type LookupFunction } from 'node:net'
import type { Fetch, FetchAnswer } from './fetch'

/** The address of a result that is not fetched. The message has the host alone: the rest may contain a signature. */
export class ForbiddenAddressError extends Error {
  override readonly name = 'ForbiddenAddressError'
  constructor(host: string, why: string) {
    super(`${host || 'the address'} ${why}`)
  }
}

/**
 * Networks that are nobody's public server (RFC 6890): this computer, its neighbours, multicast. Not 198.18.0.0/15, which
 * programs for proxies give as the address of every name.
 */
const closed = new BlockList()
for (const network of [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12'],
  ...['192.0.0.0/24', '192.168.0.0/16', '224.0.0.0/4', '240.0.0.0/4'],
  ...['::/128', '::1/128', 'fc00::/7', 'fe80::/10', 'fec0::/10', 'ff00::/8'],
]) {
  const [address = '', prefix] = network.split('/')
  closed.addSubnet(address, Number(prefix), isIPv6(address) ? 'ipv6' : 'ipv4')
}

/** The IPv4 address that NAT64 and 6to4 addresses contain. */
const inner = (address: string): string | null => {
  const [, high, low] = /^64:ff9b::([\da-f]{1,4}):([\da-f]{1,4})$/i.exec(address) ?? []
  const [, first, second] = /^2002:([\da-f]{1,4}):([\da-f]{1,4}):/i.exec(address) ?? []
  const words = [high ?? first, low ?? second].map((word) => Number.parseInt(word ?? '', 16))
  if (words.some(Number.isNaN)) return null
  return words.flatMap((word) => [word >> 8, word & 255]).join('.')
}

/** Whether an IP address is one of the public internet. A BlockList also recognises IPv4 inside IPv6 (::ffff:10.0.0.1). */
export const isPublicAddress = (address: string): boolean => {
  if (isIP(address) === 0) return false
  if (closed.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')) return false
  const contained = inner(address)
  return contained === null || isPublicAddress(contained)
}

/** Refuses a name that leads to an address that is not public, at the connection itself: a second look-up could differ. */
const publicLookup =
  (look: LookupFunction): LookupFunction =>
  (host, options, callback) =>
    look(host, options, (error, found, family) => {
      const addresses = Array.isArray(found) ? found.map(({ address }) => address) : [found]
      const wrong = error === null && !addresses.every(isPublicAddress)
      callback(
        wrong ? new ForbiddenAddressError(host, 'is no public server') : error,
        found,
        family,
      )
    })

/** The look-up for direct connections to results; `look` replaces the system's. */
export const lookupOfResults = (look?: LookupFunction): LookupFunction =>
  publicLookup(look ?? (systemLookup as LookupFunction))

/** Whoever runs a service of their own may also run its storage on this computer. */
const isOwn = (host: string, ownHost: string | null): boolean =>
  ownHost !== null && [ownHost, 'localhost', '127.0.0.1', '[::1]'].includes(host)

/**
 * Whether an address is on the person's own host, such as the Sandbox's, or on the public web. Throws
 * `ForbiddenAddressError` for anything else.
 */
export const placeOf = (address: string, ownHost: string | null): 'own' | 'public' => {
  const url = URL.parse(address)
  if (!url) throw new ForbiddenAddressError('', 'is no address')
  const { protocol, hostname } = url
  const isWeb = protocol === 'https:' || protocol === 'http:'
  if (isWeb && isOwn(hostname, ownHost)) return 'own'
  if (protocol !== 'https:') throw new ForbiddenAddressError(hostname, `is not https (${protocol})`)
  const host = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')
  // A name without a dot, or of these domains, is of the own network. A proxy would look it up there.
  const isName = isIP(host) === 0
  const isLocal = !host.includes('.') || /\.(localhost|local|internal|lan|home\.arpa)$/.test(host)
  if (isName ? isLocal : !isPublicAddress(host))
    throw new ForbiddenAddressError(hostname, 'is no public server')
  return 'public'
}

/** The same address by https: object stores serve both, and a result that is paid for should not be lost for a letter. */
const secured = (address: string, ownHost: string | null): string => {
  const url = URL.parse(address)
  if (url?.protocol !== 'http:' || url.port !== '' || isOwn(url.hostname, ownHost)) return address
  return address.replace(/^http:/i, 'https:')
}

/** Redirects that are followed, as browsers do fewer than twenty. */
const mostRedirects = 5

/** `fetch` for results, whose addresses a service chose. */
export type FetchResult = (
  address: string,
  init: Parameters<Fetch>[1] & { ownHost?: string | null },
) => Promise<FetchAnswer>

/**
 * Fetches by https from public servers only, and from the person's own host; every redirect is checked like the first
 * address. `publicFetch` looks names up with `lookupOfResults`.
 */
export const createResultFetch =
  ({ fetch, publicFetch }: { fetch: Fetch; publicFetch: Fetch }): FetchResult =>
  async (address, { ownHost = null, ...init }) => {
    let at = address
    for (let count = 0; count <= mostRedirects; count++) {
      at = secured(at, ownHost)
      const send = placeOf(at, ownHost) === 'own' ? fetch : publicFetch
      const answer = await send(at, { ...init, redirect: 'manual' })
      const next = [301, 302, 303, 307, 308].includes(answer.status)
        ? answer.headers.get('location')
        : null
      if (next === null) return answer
      await answer.body?.cancel()
      at = URL.parse(next, at)?.href ?? next
    }
    throw new ForbiddenAddressError(new URL(at).host, 'redirects too often')
  }
