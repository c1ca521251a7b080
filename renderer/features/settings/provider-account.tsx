import { ExternalLink, RefreshCw } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Pricing, ProviderDescription } from '../../../preload/contract'
import { modeRow } from '../../../preload/contract/mode-table'
import { AnswerFailure } from '../../data/failures'
import { useOpenLink } from '../../data/use-app'
import { useBalance } from '../../data/use-providers'
import { useFormat } from '../../language/use-format'
import { useSay } from '../../language/use-say'
import { classNames } from '../../ui/class-names'
import { IconButton } from '../../ui/icon-button'

/** The account's balance; empty for providers that do not report it. */
const Balance = ({ provider }: { provider: ProviderDescription }) => {
  const { t } = useTranslation()
  const say = useSay()
  const format = useFormat()
  const { data, error, isFetching, refetch } = useBalance(provider)
  if (!provider.tellsBalance || provider.key === 'none') return null
  const words = () => {
    if (data)
      return t(data.ofKey ? 'settings.providers.leftOfKey' : 'settings.providers.left', {
        amount: format.money(data.amount, data.currency),
      })
    if (error === null || isFetching) return t('settings.providers.asking')
    const reason = error instanceof AnswerFailure ? say(error.text) : error.message
    return t('settings.providers.notKnown', { reason })
  }
  return (
    <p className="flex min-h-6 items-center gap-1" data-testid="balance">
      <span className={classNames('min-w-0', data && 'font-medium')} role="status">
        {words()}
      </span>
      <IconButton
        disabled={isFetching}
        icon={<RefreshCw aria-hidden className={classNames(isFetching && 'animate-spin')} />}
        label={t('settings.providers.refresh', { name: provider.name })}
        onClick={() => void refetch()}
        size="sm"
      />
    </p>
  )
}

/** The sentence about a provider's prices, and the prices per second for the low and the high quality. */
export const priceLine = ({ bills, perSecond, upTo }: Pricing) => {
  const names = {
    'input+output': 'both',
    output: upTo ? 'outputUpTo' : 'output',
    input: 'input',
    nothing: 'free',
  } as const
  return { say: names[bills], prices: { low: perSecond['720p'], high: perSecond['1080p'] } }
}

const Prices = ({ provider }: { provider: ProviderDescription }) => {
  const { t } = useTranslation()
  const format = useFormat()
  const { pricing } = modeRow(provider, 'edit')
  const { say, prices } = priceLine(pricing)
  const { also } = pricing
  const money = (amount: number) => format.price(amount, pricing.currency)
  return (
    <p className="text-sm text-muted">
      {t(`settings.providers.prices.${say}`, { low: money(prices.low), high: money(prices.high) })}
      {also
        ? ` ${t('settings.providers.prices.also', {
            one: money(1),
            other: format.price(also.rate, also.currency),
          })}`
        : null}
    </p>
  )
}

/** A link to a page of the provider, opened in the browser. */
const PageLink = ({ what, name, url }: { what: string; name: string; url: string }) => {
  const { t } = useTranslation()
  const { mutate: open } = useOpenLink()
  return (
    <button
      aria-label={t('settings.providers.pageOf', { what, name })}
      className="inline-flex items-center gap-1 rounded-sm text-accent-text hover:underline"
      data-url={url}
      onClick={() => open(url)}
      title={new URL(url).host}
      type="button"
    >
      {what}
      <ExternalLink aria-hidden className="size-3" />
    </button>
  )
}

/** A provider's prices, the balance, and links to the account's pages. */
export const ProviderAccount = ({ provider }: { provider: ProviderDescription }) => {
  const { t } = useTranslation()
  const { pages, name } = provider
  return (
    <div className="flex flex-col gap-1">
      <Prices provider={provider} />
      {pages ? (
        <div className="flex flex-wrap items-center gap-x-4 text-sm">
          <Balance provider={provider} />
          <PageLink name={name} url={pages.keys} what={t('settings.providers.getKey')} />
          <PageLink name={name} url={pages.billing} what={t('settings.providers.topUp')} />
        </div>
      ) : null}
    </div>
  )
}
