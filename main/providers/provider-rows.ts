import type { ProviderId } from '../../preload/contract'
import type { ProviderEntry } from './adapter'
import { aiVideoApiRow } from './aivideoapi-row'
import { apiyiRow } from './apiyi-row'
import { dashScopeCnRow, dashScopeRow } from './dashscope-rows'
import { evoLinkRow } from './evolink-row'
import type { ProviderRow } from './provider'
import { resultLife, wan27 } from './wan27'

const sandboxRow: ProviderRow = {
  id: 'sandbox',
  name: 'Sandbox',
  model: 'wan2.7-videoedit',
  limits: wan27,
  pricing: { currency: 'USD', perSecond: { '720p': 0, '1080p': 0 }, bills: 'nothing' },
  polling: { first: 500, interval: 1_000, jitter: 0.1 },
  retention: resultLife,
  keyVariable: null,
  baseUrlVariable: null,
  baseUrl: 'http://127.0.0.1',
  cancels: true,
  lists: true,
}

/** Every provider that there is an adapter for: a new one is a file of its own and a line here. */
export const everyProvider: Record<ProviderId, ProviderEntry> = {
  sandbox: {
    row: sandboxRow,
    adapter: async () => (await import('./dashscope')).createDashScope,
  },
  dashscope: {
    row: dashScopeRow,
    adapter: async () => (await import('./dashscope-in-region')).dashScopeIn('dashscope'),
  },
  'dashscope-cn': {
    row: dashScopeCnRow,
    adapter: async () => (await import('./dashscope-in-region')).dashScopeIn('dashscope-cn'),
  },
  evolink: {
    row: evoLinkRow,
    adapter: async () => (await import('./evolink')).createEvoLink,
  },
  apiyi: {
    row: apiyiRow,
    adapter: async () => (await import('./apiyi')).createApiyi,
  },
  aivideoapi: {
    row: aiVideoApiRow,
    adapter: async () => (await import('./aivideoapi')).createAiVideoApi,
  },
}

/** The rows alone, in the order in which they are offered. */
export const providerRows = Object.fromEntries(
  Object.entries(everyProvider).map(([id, { row }]) => [id, row]),
) as Record<ProviderId, ProviderRow>

/** Whether an id, read from somewhere, is one of a provider that this version can use. */
export const isBuiltIn = (id: string): id is ProviderId => Object.hasOwn(providerRows, id)
