import type { ProviderDescription } from '../../preload/contract'
import { codeOf } from '../files/errno'
import type { Fetch } from '../network/fetch'
import { nameOfProxy, type ProxyOf } from '../network/proxies'

/** Milliseconds that a host may take to answer. */
const patience = 8_000

interface Asking {
  fetch: Fetch
  proxyOf: ProxyOf
  /** Milliseconds. */
  now: () => number
}

type Asked = Pick<ProviderDescription, 'id' | 'key' | 'baseUrl'>

/**
 * Whether the host of a provider answers, and through which proxy. The request has no key and no path. A provider without
 * a key is not asked: nobody sends it anything.
 */
export const reachOf = async ({ id, key, baseUrl }: Asked, asking: Asking): Promise<string> => {
  if (key === 'not-needed') return `${id}: on this computer`
  if (key === 'none') return `${id}: no key; not asked`
  const url = URL.parse(baseUrl)
  if (!url) return `${id}: key ${key}; its address is none`
  const way = await wayTo(url, asking.proxyOf)
  const begun = asking.now()
  const answer = await answerOf(url, asking.fetch)
  const took = Math.round(asking.now() - begun)
  return `${id}: key ${key}; ${url.host} ${answer} after ${took} ms, ${way}`
}

const wayTo = async (url: URL, proxyOf: ProxyOf): Promise<string> => {
  try {
    const proxy = await proxyOf(url)
    return proxy === null ? 'without a proxy' : `through ${proxy.kind} proxy ${nameOfProxy(proxy)}`
  } catch (error) {
    return messageOf(error)
  }
}

const answerOf = async (url: URL, fetch: Fetch): Promise<string> => {
  try {
    const signal = AbortSignal.timeout(patience)
    const { status, body } = await fetch(`${url.origin}/`, { signal, redirect: 'manual' })
    await body?.cancel()
    return `answers (HTTP ${status})`
  } catch (error) {
    return `does not answer (${causeOf(error)})`
  }
}

/** What fetch hides behind "fetch failed". */
const causeOf = (error: unknown): string => {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  return codeOf(cause) ?? messageOf(cause)
}

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error)
