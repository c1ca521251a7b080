import { dashScopeRegions } from './dashscope-regions'
import type { ProviderRow } from './provider'
import { resultLife, wan27 } from './wan27'

/** What both regions of DashScope share. They read their keys and addresses from the same variables. */
const shared = {
  model: 'wan2.7-videoedit',
  limits: wan27,
  polling: { first: 5_000, interval: 15_000, jitter: 0.2 },
  retention: resultLife,
  keyVariable: 'DASHSCOPE_API_KEY',
  baseUrlVariable: 'RESHOOT_DASHSCOPE_URL',
  cancels: true,
  lists: true,
} as const satisfies Partial<ProviderRow>

/** Singapore. The list price is ¥0.733924 and ¥1.100886; accounts of this region pay in dollars (PROVIDERS.md §1.7). */
export const dashScopeRow: ProviderRow = {
  ...shared,
  id: 'dashscope',
  name: 'DashScope Singapore',
  pricing: { currency: 'USD', perSecond: { '720p': 0.1, '1080p': 0.15 }, bills: 'input+output' },
  baseUrl: dashScopeRegions.dashscope.classic,
  workspaceDomain: dashScopeRegions.dashscope.workspaceDomain,
  pages: {
    keys: 'https://modelstudio.console.alibabacloud.com/ap-southeast-1?tab=playground#/api-key',
    billing: 'https://billing-cost.console.alibabacloud.com/fortune/billing-account',
  },
}

/** Beijing. */
export const dashScopeCnRow: ProviderRow = {
  ...shared,
  id: 'dashscope-cn',
  name: 'DashScope Beijing',
  pricing: { currency: 'CNY', perSecond: { '720p': 0.6, '1080p': 1 }, bills: 'input+output' },
  baseUrl: dashScopeRegions['dashscope-cn'].classic,
  workspaceDomain: dashScopeRegions['dashscope-cn'].workspaceDomain,
  pages: {
    keys: 'https://bailian.console.aliyun.com/cn-beijing?tab=model#/api-key',
    billing: 'https://billing-cost.console.aliyun.com/',
  },
}
