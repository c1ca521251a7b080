import type { Adapter } from './adapter'
import { createDashScope } from './dashscope'
import { classicHostOf, dashScopeRegions, type RegionId, regionUrl } from './dashscope-regions'

/** DashScope at a region's own hosts: the workspace's where there is one, with the common host for what it lacks. */
export const dashScopeIn =
  (id: RegionId): Adapter =>
  (options) => {
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
