import { randomBytes } from 'node:crypto'
import type { ProviderDescription, ProviderId } from '../../preload/contract'
import { type Clock, systemClock } from '../clock'
import type { Providers } from '../services/types'
import type { Keys } from '../settings/settings'
import { adapterOf } from './adapters'
import type { WithPng } from './evolink/files'
import { plainFailure } from './failures'
import type { Http } from './http/http'
import { createLazyHttp } from './http/lazy-http'
import { type Provider, ProviderError, type ProviderRow } from './provider'
import { providerRows } from './provider-rows'

export interface RegistryOptions {
  keys: Pick<Keys, 'get' | 'source'>
  env: Readonly<Record<string, string | undefined>>
  /** Starts the Sandbox when it is first needed; the same answer from then on. */
  sandbox: () => Promise<{ url: string; token: string }>
  /** In place of the built-in ones. */
  rows?: Partial<Record<ProviderId, ProviderRow>>
  /** Id of the person's workspace at a provider; null for none. Asked at each use. */
  workspaceOf?: (id: ProviderId) => string | null
  /** Makes a PNG for a storage that takes no other kind of picture. */
  withPng?: WithPng
  http?: Http
  clock?: Clock
  unique?: () => string
}

/** An address, or the one that the first of its variables names. Throws `ProviderError` for what is no address. */
function addressOf(
  address: string,
  variables: readonly string[],
  env: RegistryOptions['env'],
): string {
  const variable = variables.find((name) => env[name]?.trim())
  const value = variable && env[variable]?.trim()
  if (!variable || !value) return address
  const url = URL.parse(value)
  if (url && (url.protocol === 'http:' || url.protocol === 'https:')) return value
  throw new ProviderError(
    plainFailure('local', 'none', 'provider_bad-url', { variable, value }),
    'no',
  )
}

/** Where a provider is reached: its row's address, or the one that its variables name. */
export const baseUrlOf = (row: ProviderRow, env: RegistryOptions['env']): string =>
  addressOf(row.baseUrl, row.baseUrlVariables, env)

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
    return row.baseUrlVariables.map((name) => env[name]?.trim()).find(Boolean) ?? row.baseUrl
  }
}

/** The built-in providers, each made when it is first asked for. */
export function createProviders(options: RegistryOptions): Providers & {
  /** A provider that uses this key, whatever is stored. */
  withKey: (id: ProviderId, key: string) => Promise<Provider>
  close: () => Promise<void>
} {
  const { keys, env } = options
  const clock = options.clock ?? systemClock
  const http = options.http ?? createLazyHttp()
  const unique = options.unique ?? (() => randomBytes(12).toString('hex'))
  const rows: Partial<Record<ProviderId, ProviderRow>> = options.rows ?? providerRows
  const made = new Map<string, Promise<Provider>>()

  const rowOf = (id: ProviderId): ProviderRow => {
    const row = rows[id]
    if (row) return row
    const failure = plainFailure('local', 'none', 'provider_not-built-in', { provider: id })
    throw new ProviderError(failure, 'no')
  }

  async function open(
    id: ProviderId,
    workspace: string | null,
    key = () => keys.get(id),
  ): Promise<Provider> {
    const row = rowOf(id)
    const { files } = row
    const shared = {
      row,
      http,
      clock,
      unique,
      filesUrl: files ? addressOf(files.baseUrl, [files.variable], env) : '',
      workspace,
      ...(options.withPng ? { withPng: options.withPng } : {}),
    }
    const make = await adapterOf(row.protocol)
    if (id !== 'sandbox') return make({ ...shared, baseUrl: baseUrlOf(row, env), key })
    const { url, token } = await options.sandbox().catch(notRunning)
    return make({ ...shared, baseUrl: url, key: () => token })
  }

  function describe(): ProviderDescription[] {
    return Object.values(rows).map((row: ProviderRow) => ({
      id: row.id,
      name: row.name,
      tagline: { key: `provider.${row.id}`, values: {} },
      limits: row.limits,
      pricing: row.pricing,
      canCancel: row.cancels ?? false,
      canList: row.lists ?? false,
      tellsBalance: row.tellsBalance ?? false,
      stores: row.stores ?? 'all',
      defaults: row.defaults ?? {},
      ...(row.pages ? { pages: row.pages } : {}),
      ...(row.workspaceDomain ? { workspaceDomain: row.workspaceDomain } : {}),
      key: row.keyVariable === null ? 'not-needed' : keys.source(row.id),
      keyVariable: row.keyVariable,
      baseUrl: shownUrl(row, env),
    }))
  }

  async function get(id: ProviderId): Promise<Provider> {
    const workspace = options.workspaceOf?.(id) ?? null
    // A workspace that is set otherwise has another host.
    const name = `${id}@${workspace ?? ''}`
    const known = made.get(name)
    if (known) return known
    const making = open(id, workspace)
    made.set(name, making)
    // What failed to start is tried afresh the next time.
    making.catch(() => made.delete(name))
    return making
  }

  return {
    describe,
    get,
    withKey: (id, key) => open(id, options.workspaceOf?.(id) ?? null, () => key),
    close: () => http.close(),
  }
}
