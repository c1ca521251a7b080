import { Receipt } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { SpendingTotal } from '../../../preload/contract'
import { useTotals } from '../../data/use-library'
import { useProviderName } from '../../data/use-providers'
import { useFormat } from '../../language/use-format'
import { Popover } from '../../ui/popover'

/** The month of a time (ms since the epoch) in the computer's time zone: '2026-11'. */
export const monthOf = (time: number): string => {
  const date = new Date(time)
  return `${date.getFullYear()}-${`${date.getMonth() + 1}`.padStart(2, '0')}`
}

/** The totals without the Sandbox, which is free. */
export const withoutSandbox = (totals: readonly SpendingTotal[]): SpendingTotal[] =>
  totals.filter(({ provider }) => provider !== 'sandbox')

/** The amounts billed in one month by all providers, one sum per currency (ISO 4217 or 'credits'). */
export const sumsOf = (totals: readonly SpendingTotal[], month: string) => {
  const sums = new Map<string, number>()
  for (const { month: of, currency, amount } of totals)
    if (of === month && currency !== null && amount > 0)
      sums.set(currency, (sums.get(currency) ?? 0) + amount)
  return [...sums].map(([currency, amount]) => ({ currency, amount }))
}

/** The totals grouped by month, in the order of the list: newest first. */
export const byMonth = (totals: readonly SpendingTotal[]): [string, SpendingTotal[]][] => [
  ...Map.groupBy(totals, ({ month }) => month),
]

const TotalRow = ({ total }: { total: SpendingTotal }) => {
  const { t } = useTranslation()
  const format = useFormat()
  const providerName = useProviderName()
  const { provider, currency, amount, seconds, edits, unknown } = total
  const known = edits - unknown
  const figures = [
    t('spending.totals.edits', { count: edits }),
    ...(seconds > 0 ? [format.seconds(seconds, Number.isInteger(seconds) ? 0 : 1)] : []),
  ]
  return (
    <li className="flex items-baseline justify-between gap-3" data-provider={provider}>
      <span className="min-w-0">
        {providerName(provider, 'short')}
        <span className="block text-sm text-muted">{figures.join(' · ')}</span>
        {unknown > 0 && known > 0 ? (
          <span className="block text-sm text-muted">
            {t('spending.totals.unknownSome', { count: unknown })}
          </span>
        ) : null}
      </span>
      <span className="shrink-0 font-medium">
        {currency === null || known === 0
          ? t('spending.totals.unknown')
          : format.money(amount, currency)}
      </span>
    </li>
  )
}

/** The amount billed this month; opens the totals of every month and provider. Empty when nothing was ever billed. */
export const TotalsButton = () => {
  const { t } = useTranslation()
  const format = useFormat()
  const totals = withoutSandbox(useTotals().data ?? [])
  if (totals.length === 0) return null
  const sums = sumsOf(totals, monthOf(Date.now()))
  const amount = sums.map((sum) => format.money(sum.amount, sum.currency)).join(' + ')
  const words = amount ? t('spending.totals.month', { amount }) : t('spending.totals.nothing')
  return (
    <Popover
      align="end"
      label={t('spending.totals.title')}
      trigger={
        <button
          className="flex h-8 shrink-0 items-center gap-1.5 rounded-md px-2 text-sm text-muted transition-colors hover:bg-hover hover:text-text"
          data-testid="totals"
          title={t('spending.totals.open')}
          type="button"
        >
          <Receipt aria-hidden className="size-4" />
          {words}
        </button>
      }
    >
      <div className="flex max-h-80 flex-col gap-3 overflow-y-auto" data-testid="totals-list">
        <h2 className="font-semibold">{t('spending.totals.title')}</h2>
        {byMonth(totals).map(([month, ofMonth]) => (
          <section className="flex flex-col gap-1.5" key={month}>
            <h3 className="text-sm text-muted">{format.month(month)}</h3>
            <ul className="flex flex-col gap-1.5">
              {ofMonth.map((total) => (
                <TotalRow key={`${total.provider} ${total.currency}`} total={total} />
              ))}
            </ul>
          </section>
        ))}
        <p className="text-sm text-muted">{t('spending.totals.note')}</p>
      </div>
    </Popover>
  )
}
