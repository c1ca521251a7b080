import type { ProviderLimits } from '../../preload/contract'
import type { ProviderRow } from './provider'

const second = 1000
const hour = 3_600_000

/** The model's own limits as DashScope documents them (PROVIDERS.md §0, §1.3); other services deviate by row. */
const wan27: ProviderLimits = {
  promptCharacters: 5000,
  negativePromptCharacters: 500,
  images: { min: 0, max: 4, used: 4 },
  qualities: ['720p', '1080p'],
  ratios: ['16:9', '9:16', '1:1', '4:3', '3:4'],
  keepsRatio: true,
  seed: { min: 0, max: 2_147_483_647 },
  cut: { min: 2, max: 10 },
  options: { sound: true, promptExtend: true, watermark: true, callback: false },
}

/** Every provider that is built in: a new one is a row here and an adapter beside it. */
export const providerRows = {
  sandbox: {
    id: 'sandbox',
    name: 'Sandbox',
    model: 'wan2.7-videoedit',
    limits: wan27,
    pricing: { currency: 'USD', perSecond: { '720p': 0, '1080p': 0 }, bills: 'nothing' },
    polling: { first: 0.5 * second, interval: 1 * second, jitter: 0.1 },
    retention: 24 * hour,
    keyVariable: null,
    baseUrlVariable: null,
    baseUrl: 'http://127.0.0.1',
  },
  dashscope: {
    id: 'dashscope',
    name: 'DashScope',
    model: 'wan2.7-videoedit',
    limits: wan27,
    // The list price is ¥0.733924 and ¥1.100886; accounts of this region pay in dollars (PROVIDERS.md §1.7).
    pricing: { currency: 'USD', perSecond: { '720p': 0.1, '1080p': 0.15 }, bills: 'input+output' },
    polling: { first: 5 * second, interval: 15 * second, jitter: 0.2 },
    retention: 24 * hour,
    keyVariable: 'DASHSCOPE_API_KEY',
    baseUrlVariable: 'RESHOOT_DASHSCOPE_URL',
    baseUrl: 'https://dashscope-intl.aliyuncs.com',
  },
} as const satisfies Record<string, ProviderRow>

/** Ids of the providers that this version can use. */
export type BuiltInProvider = keyof typeof providerRows

export const isBuiltIn = (id: string): id is BuiltInProvider => Object.hasOwn(providerRows, id)
