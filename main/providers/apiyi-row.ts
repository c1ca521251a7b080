import type { ProviderRow } from './provider'
import { resultLife, wan27 } from './wan27'

/**
 * APIYI as data (PROVIDERS.md §3).
 *
 * It documents 1 to 5 reference images, the model itself takes at most 4. It says that it bills the result's
 * seconds, the service behind it bills those of the clip too.
 */
export const apiyiRow: ProviderRow = {
  id: 'apiyi',
  name: 'APIYI',
  model: 'wan2.7-videoedit',
  limits: { ...wan27, images: { min: 1, max: 4, used: 4 } },
  pricing: {
    currency: 'USD',
    perSecond: { '720p': 0.084, '1080p': 0.14 },
    bills: 'output',
    upTo: 2,
  },
  polling: { first: 10_000, interval: 7_000, jitter: 0.2 },
  retention: resultLife,
  keyVariable: 'APIYI_API_KEY',
  baseUrlVariable: 'RESHOOT_APIYI_URL',
  baseUrl: 'https://api.apiyi.com',
  stores: 'nothing',
  pages: {
    keys: 'https://api.apiyi.com/token',
    billing: 'https://api.apiyi.com/account/profile',
  },
}
