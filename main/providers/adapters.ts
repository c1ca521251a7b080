import type { ProviderId } from '../../preload/contract'
import type { Clock } from '../clock'
import { createAiVideoApi } from './aivideoapi'
import { createApiyi } from './apiyi'
import { createDashScope } from './dashscope'
import { classicHostOf, dashScopeRegions, type RegionId, regionUrl } from './dashscope-regions'
import { createEvoLink } from './evolink'
import type { WithPng } from './evolink-files'
import type { Http } from './http'
import type { Provider, ProviderRow } from './provider'

/** What an adapter is made from; each takes what it needs. */
export interface AdapterOptions {
  row: ProviderRow
  /** The row's address, or the one that its variable names. */
  baseUrl: string
  /** The same for where it stores files; empty where it has no such place. */
  filesUrl: string
  key: () => string | null
  http: Http
  clock: Clock
  unique: () => string
  /** Id of the person's workspace at this provider; null for none. */
  workspace: string | null
  withPng?: WithPng
}

const inRegion =
  (id: RegionId) =>
  (options: AdapterOptions): Provider => {
    const region = dashScopeRegions[id]
    // Another address than the region's own was said for this very run, so the workspace does not count.
    const isOwn = options.baseUrl === region.classic
    const baseUrl = isOwn ? regionUrl(region, options.workspace) : options.baseUrl
    const classic = classicHostOf(baseUrl)
    return createDashScope({
      ...options,
      baseUrl,
      region,
      ...(classic ? { policyFallbackUrl: classic } : {}),
    })
  }

/** How each provider is made from its row. */
export const adapters: Record<ProviderId, (options: AdapterOptions) => Provider> = {
  sandbox: createDashScope,
  dashscope: inRegion('dashscope'),
  'dashscope-cn': inRegion('dashscope-cn'),
  evolink: createEvoLink,
  apiyi: createApiyi,
  aivideoapi: createAiVideoApi,
}
