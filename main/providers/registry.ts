import { randomBytes } from 'node:crypto'
import {
  type ProviderDescription,
  type ProviderId,
  type ProviderRow,
  providerRows,
  siblingOf,
} from '../../preload/contract'
import { type Clock, systemClock } from '../clock'
import type { Network } from '../network/network'
import type { Keys } from '../settings/settings'
import { adapterOf } from './adapters'
import { plainFailure } from './failures'
import type { Http } from './http/http'
import { type Provider, ProviderError, type WithPng } from './provider'

/** Every provider of this version, by id. */
export interface Providers {
  describe: () => ProviderDescription[]
  get: (id: ProviderId) => Promise<Provider>
}

interface RegistryOptions {
  keys: Pick<Keys, 'get' | 'source'>
  env: Readonly<Record<string, string | undefined>>
  /** Starts the Sandbox when it is first needed; later calls give the same answer. */
  sandbox: () => Promise<{ url: string; token: string }>
  /** Replaces the rows of the provider table. */
  rows?: Partial<Record<ProviderId, ProviderRow>>
  /** Id of the person's workspace at a provider; null for none. Called at each use. */
  workspaceOf?: (id: ProviderId) => string | null
  withPng?: WithPng
  /** How requests leave the computer. Default: without a proxy. */
  network?: Network
  http?: Http
  clock?: Clock
  unique?: () => string
}

type Environment = RegistryOptions['env']

/** The shared HTTP client, loaded with the first request: undici is most of the code that a start would load. */
const createLazyHttp = (network?: Network): Http => {
  let opened: Promise<Http> | null = null
  const open = () => {
    opened ??= import('./http/http').then(({ createHttp }) => createHttp({}, network))
    return opened
  }
  return {
    send: async (request, call) => (await open()).send(request, call),
    upload: async (upload) => (await open()).upload(upload),
    close: async () => {
      await (await opened)?.close()
    },
  }
}

/** The first variable that is set, and its value. */
const overrideOf = (variables: readonly string[], env: Environment) =>
  variables
    .map((variable) => ({ variable, value: env[variable]?.trim() ?? '' }))
    .find(({ value }) => value !== '')

/** An address, or the one that overrides it. Throws `ProviderError` where that is not a web address. */
const addressOf = (address: string, variables: readonly string[], env: Environment): string => {
  const override = overrideOf(variables, env)
  if (!override) return address
  const url = URL.parse(override.value)
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return override.value
  throw new ProviderError(plainFailure('provider_bad-url', override), 'no')
}

const notRunning = (error: unknown): never => {
  const detail = error instanceof Error ? error.message : String(error)
  const failure = plainFailure('sandbox_not-running', { detail })
  throw new ProviderError(failure, 'no', null, { cause: error })
}

/** The built-in providers, each made when it is first used. */
export const createProviders = (
  options: RegistryOptions,
): Providers & {
  /** A provider that uses this key instead of the stored one. */
  withKey: (id: ProviderId, key: string) => Promise<Provider>
  close: () => Promise<void>
} => {
  const { keys, env, clock = systemClock, http = createLazyHttp(options.network) } = options
  const unique = options.unique ?? (() => randomBytes(12).toString('hex'))
  const rows: Partial<Record<ProviderId, ProviderRow>> = options.rows ?? providerRows
  const workspaceOf = (id: ProviderId) => options.workspaceOf?.(id) ?? null
  const made = new Map<string, Promise<Provider>>()

  const rowOf = (id: ProviderId): ProviderRow => {
    const row = rows[id]
    if (row) return row
    throw new ProviderError(plainFailure('provider_not-built-in', { provider: id }), 'no')
  }

  const open = async (
    id: ProviderId,
    workspace: string | null,
    key = () => keys.get(id),
  ): Promise<Provider> => {
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
    if (id !== 'sandbox') {
      const baseUrl = addressOf(row.baseUrl, row.baseUrlVariables, env)
      const ownHost = baseUrl === row.baseUrl ? null : new URL(baseUrl).hostname
      return { ...make({ ...shared, baseUrl, key }), ownHost }
    }
    const { url, token } = await options.sandbox().catch(notRunning)
    const ownHost = new URL(url).hostname
    return { ...make({ ...shared, baseUrl: url, key: () => token }), ownHost }
  }

  const describe = (row: ProviderRow): ProviderDescription => ({
    id: row.id,
    name: row.name,
    tagline: { key: `provider.${row.id}`, values: {} },
    modes: row.modes,
    canCancel: row.cancels ?? false,
    tellsBalance: row.tellsBalance ?? false,
    stores: row.stores ?? 'all',
    pages: row.pages,
    sibling: siblingOf(row.id) ?? undefined,
    workspaceDomain: row.workspaceDomain,
    key: row.keyVariable === null ? 'not-needed' : keys.source(row.id),
    keyVariable: row.keyVariable,
    // Also shown where it is not a web address.
    baseUrl: overrideOf(row.baseUrlVariables, env)?.value ?? row.baseUrl,
  })

  return {
    describe: () => Object.values(rows).map(describe),
    get: async (id) => {
      const workspace = workspaceOf(id)
      // The host depends on the workspace, which a person may change.
      const name = `${id}@${workspace ?? ''}`
      const known = made.get(name)
      if (known) return known
      const making = open(id, workspace)
      made.set(name, making)
      // After a failure the next call tries again.
      making.catch(() => made.delete(name))
      return making
    },
    withKey: (id, key) => open(id, workspaceOf(id), () => key),
    close: () => http.close(),
  }
}
