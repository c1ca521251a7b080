import type { Adapter } from '../adapter'
import { createDashScope } from './client'
import { classicHostOf, regionOf, regionUrl } from './regions'

/**
 * DashScope at a region's own hosts: the workspace's where there is one, with the common host for what it
 * lacks. Another service that speaks the same protocol, as the Sandbox, has no regions.
 */
export const adapter: Adapter = (options) => {
  const region = regionOf(options.row.id)
  if (!region) return createDashScope(options)
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
