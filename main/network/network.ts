import { createProxyOf, type ProxyOf } from './proxies'
import type { Connecting } from './tunnel'

/** How every request leaves the computer: which proxy it uses, and how long connecting may take. */
export interface Network {
  proxyOf: ProxyOf
  connecting: Connecting
}

export const createNetwork = (proxyOf: ProxyOf, connecting: Partial<Connecting> = {}): Network => ({
  proxyOf,
  connecting: { timeout: 10_000, ...connecting },
})

/** Without any proxy. */
export const directNetwork = createNetwork(createProxyOf({}))
