import type { LookupFunction } from 'node:net'
import type { Network } from './network'

/** What we read of an answer, as `Response` has it. */
export interface FetchAnswer {
  ok: boolean
  status: number
  headers: { get: (name: string) => string | null }
  body: (AsyncIterable<Uint8Array> & { cancel: () => Promise<void> }) | null
}

/** The part of `fetch` that we use. */
export type Fetch = (
  address: string,
  init: {
    signal: AbortSignal
    headers?: Record<string, string>
    redirect?: 'follow' | 'error' | 'manual'
  },
) => Promise<FetchAnswer>

/** `fetch` over this network, loaded when it is first used: undici is large. `lookup` is for direct connections. */
export const createFetch = (
  network: Network,
  lookup?: LookupFunction,
): { fetch: Fetch; close: () => Promise<void> } => {
  const open = async () => {
    const [{ fetch }, { createDispatcher }] = await Promise.all([
      import('undici'),
      import('./dispatcher'),
    ])
    const directly = { ...network.connecting, ...(lookup ? { lookup } : {}) }
    return { fetch, ...createDispatcher(network, {}, directly) }
  }
  let opened: ReturnType<typeof open> | null = null
  return {
    fetch: async (address, init) => {
      opened ??= open()
      const { fetch, dispatcher } = await opened
      return await fetch(address, { ...init, dispatcher })
    },
    close: async () => {
      await (await opened)?.destroy()
    },
  }
}
