import { randomBytes } from 'node:crypto'
import type { ProviderDescription, ProviderId } from '../../preload/contract'
import { type Clock, systemClock } from '../clock'
import type { Providers } from '../service-types'
import type { Keys } from '../settings/settings'
import { createDashScope } from './dashscope'
import { plainFailure } from './failures'
import type { Http } from './http'
import { createLazyHttp } from './lazy-http'
import { type Provider, ProviderError, type ProviderRow } from './provider'
import { type BuiltInProvider, isBuiltIn, providerRows } from './provider-rows'

export interface RegistryOptions {
  keys: Pick<Keys, 'get' | 'source'>
  env: Readonly<Record<string, string | undefined>>
  /** Starts the Sandbox when it is first needed; the same answer from then on. */
  sandbox: () => Promise<{ url: string; token: string }>
  http?: Http
  clock?: Clock
  unique?: () => string
}

/** Where a provider is reached: its row's address, or the one that its variable names. */
export function baseUrlOf(row: ProviderRow, env: RegistryOptions['env']): string {
  const variable = row.baseUrlVariable
  const value = variable === null ? undefined : env[variable]?.trim()
  if (variable === null || !value) return row.baseUrl
  const url = URL.parse(value)
  if (url && (url.protocol === 'http:' || url.protocol === 'https:')) return value
  throw new ProviderError(
    plainFailure('local', 'none', 'provider_bad-url', { variable, value }),
    'no',
  )
}

const notRunning = (error: unknown): never => {
  const detail = error instanceof Error ? error.message : String(error)
  const failure = plainFailure('local', 'try-again', 'sandbox_not-running', { detail })
  throw new ProviderError(failure, 'no', null, { cause: error })
}

/** What a person is shown where the address cannot be used: the address as it was given. */
function shownUrl(row: ProviderRow, env: RegistryOptions['env']): string {
  try {
    return baseUrlOf(row, env)
  } catch {
    return env[row.baseUrlVariable ?? ''] ?? row.baseUrl
  }
}

/** The built-in providers, each made when it is first asked for. */
export function createProviders(
  options: RegistryOptions,
): Providers & { close: () => Promise<void> } {
  const { keys, env } = options
  const clock = options.clock ?? systemClock
  const http = options.http ?? createLazyHttp()
  const unique = options.unique ?? (() => randomBytes(12).toString('hex'))
  const made = new Map<BuiltInProvider, Promise<Provider>>()

  async function make(id: BuiltInProvider): Promise<Provider> {
    const row: ProviderRow = providerRows[id]
    const shared = { row, http, clock, unique }
    if (id !== 'sandbox') {
      return createDashScope({ ...shared, baseUrl: baseUrlOf(row, env), key: () => keys.get(id) })
    }
    const { url, token } = await options.sandbox().catch(notRunning)
    return createDashScope({ ...shared, baseUrl: url, key: () => token })
  }

  function describe(): ProviderDescription[] {
    return Object.values(providerRows).map((row: ProviderRow) => ({
      id: row.id,
      name: row.name,
      tagline: { key: `provider.${row.id}`, values: {} },
      limits: row.limits,
      pricing: row.pricing,
      canCancel: true,
      canList: true,
      key: row.keyVariable === null ? 'not-needed' : keys.source(row.id),
      keyVariable: row.keyVariable,
      baseUrl: shownUrl(row, env),
    }))
  }

  async function get(id: ProviderId): Promise<Provider> {
    if (!isBuiltIn(id)) {
      const values = { provider: id }
      throw new ProviderError(plainFailure('local', 'none', 'provider_not-built-in', values), 'no')
    }
    const known = made.get(id)
    if (known) return known
    const making = make(id)
    made.set(id, making)
    // What failed to start is tried afresh the next time.
    making.catch(() => made.delete(id))
    return making
  }

  return { describe, get, close: () => http.close() }
}
