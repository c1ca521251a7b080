import type { ProviderData } from '../../preload/contract'
import { providerTable } from '../../preload/contract/provider-table'

/** The consoles that the providers' rows name. */
const consoles = Object.values<ProviderData>(providerTable).flatMap(({ pages }) =>
  pages ? [new URL(pages.keys).hostname, new URL(pages.billing).hostname] : [],
)

/**
 * Pages the app may open in the person's browser: consoles and documentation of the providers, and our own.
 * A host allows itself alone, never its subdomains.
 */
const allowedHosts = new Set([
  ...consoles,
  'alibabacloud.com',
  'www.alibabacloud.com',
  'modelstudio.console.alibabacloud.com',
  'bailian.console.alibabacloud.com',
  'usercenter2-intl.console.alibabacloud.com',
  'home-intl.console.aliyun.com',
  'billing-cost.console.alibabacloud.com',
  'billing-cost.console.aliyun.com',
  'help.aliyun.com',
  'bailian.console.aliyun.com',
  'usercenter2.aliyun.com',
  'evolink.ai',
  'docs.evolink.ai',
  'apiyi.com',
  'www.apiyi.com',
  'api.apiyi.com',
  'docs.apiyi.com',
  'aivideoapi.ai',
  'www.aivideoapi.ai',
  'docs.aivideoapi.ai',
  'github.com',
  'ffmpeg.org',
])

/** Whether a link may leave the app: https, the usual port, no credentials, a known host. */
export const isAllowedLink = (link: string): boolean => {
  if (!URL.canParse(link)) return false
  const { protocol, hostname, port, username, password } = new URL(link)
  return (
    protocol === 'https:' &&
    port === '' &&
    username === '' &&
    password === '' &&
    allowedHosts.has(hostname)
  )
}

/** How the model is driven, from those who make it. */
export const docsUrl =
  'https://www.alibabacloud.com/help/en/model-studio/wan-video-editing-api-reference'
