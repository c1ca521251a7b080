import type { ProviderRow } from './provider'
import { resultLife, wan27 } from './wan27'

/** aivideoapi.ai as data (PROVIDERS.md §4). A credit is half a cent, by the examples of its other pages. */
export const aiVideoApiRow: ProviderRow = {
  id: 'aivideoapi',
  name: 'aivideoapi.ai',
  model: 'wan-2.7-video-edit',
  limits: {
    ...wan27,
    images: { min: 0, max: 4, used: 1 },
    // Leaving the ratio out makes every result 16:9, so the one nearest to the clip is sent.
    keepsRatio: false,
    options: { sound: true, promptExtend: true, watermark: true, callback: true },
  },
  pricing: {
    currency: 'credits',
    perSecond: { '720p': 24, '1080p': 40 },
    bills: 'input',
    also: { currency: 'USD', rate: 0.005 },
  },
  polling: { first: 10_000, interval: 10_000, jitter: 0.2 },
  retention: resultLife,
  keyVariable: 'AIVIDEOAPI_API_KEY',
  baseUrlVariable: 'RESHOOT_AIVIDEOAPI_URL',
  baseUrl: 'https://api.aivideoapi.ai',
  tellsBalance: true,
  stores: 'nothing',
  pages: {
    keys: 'https://aivideoapi.ai/dashboard/api-keys',
    billing: 'https://aivideoapi.ai/dashboard/billing',
  },
}
