import type { ProviderRow } from './provider'
import { resultLife, wan27 } from './wan27'

/** EvoLink as data (PROVIDERS.md §2). Prices are in dollars, accounts hold credits: 68 are a dollar. */
export const evoLinkRow: ProviderRow = {
  id: 'evolink',
  name: 'EvoLink',
  model: 'wan2.7-video-edit',
  limits: {
    ...wan27,
    seed: { min: 1, max: 2_147_483_647 },
    options: { sound: true, promptExtend: true, watermark: false, callback: true },
  },
  pricing: {
    currency: 'USD',
    perSecond: { '720p': 0.086, '1080p': 0.144 },
    bills: 'input+output',
    also: { currency: 'credits', rate: 68 },
  },
  polling: { first: 10_000, interval: 10_000, jitter: 0.2 },
  retention: resultLife,
  keyVariable: 'EVOLINK_API_KEY',
  baseUrlVariable: 'RESHOOT_EVOLINK_URL',
  baseUrl: 'https://api.evolink.ai',
  lists: true,
  // Its documents name pictures alone, its own tools send clips too: clips it refuses go to the bucket.
  stores: 'images',
  defaults: { promptExtend: false },
  pages: {
    keys: 'https://evolink.ai/dashboard/keys',
    billing: 'https://evolink.ai/dashboard',
  },
  tellsBalance: true,
  files: { baseUrl: 'https://files-api.evolink.ai', variable: 'RESHOOT_EVOLINK_FILES_URL' },
}
