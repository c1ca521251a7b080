import type { ProviderData } from '../../preload/contract'
import { providerTable } from '../../preload/contract/provider-table'

/** Hosts of the consoles in the providers' rows. */
const consoles = Object.values<ProviderData>(providerTable).flatMap(({ pages }) =>
  pages ? [new URL(pages.keys).hostname, new URL(pages.billing).hostname] : [],
)

/**
 * Hosts that the app may open in the person's browser: consoles and documentation of the providers, and the app's own.
 * Subdomains need an entry of their own.
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

/** Whether the app may open a link: https, default port, no credentials, an allowed host. */
export const isAllowedLink = (link: string): boolean => {
  const url = URL.parse(link)
  return (
    url?.protocol === 'https:' &&
    url.port === '' &&
    url.username === '' &&
    url.password === '' &&
    allowedHosts.has(url.hostname)
  )
}

/** The official documentation of the model. */
export const docsUrl =
  'https://www.alibabacloud.com/help/en/model-studio/wan-video-editing-api-reference'
