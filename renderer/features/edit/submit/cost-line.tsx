import { useTranslation } from 'react-i18next'
import type { Estimate } from '../../../../preload/contract'
import { useFormat } from '../../../language/use-format'

/** Rounded to a thousandth of a cent, to remove the errors of binary fractions. */
const rounded = (value: number): number => Math.round(value * 1e5) / 1e5

const added = (a: Estimate, b: Estimate): Estimate => {
  const { also, amountUpTo, ...sum } = a
  const isUncertain = amountUpTo !== undefined || b.amountUpTo !== undefined
  return {
    ...sum,
    amount: rounded(a.amount + b.amount),
    seconds: {
      input: rounded(a.seconds.input + b.seconds.input),
      output: rounded(a.seconds.output + b.seconds.output),
      billed: rounded(a.seconds.billed + b.seconds.billed),
    },
    ...(also && b.also?.currency === also.currency
      ? { also: { ...also, amount: rounded(also.amount + b.also.amount) } }
      : {}),
    ...(isUncertain
      ? { amountUpTo: rounded((amountUpTo ?? a.amount) + (b.amountUpTo ?? b.amount)) }
      : {}),
  }
}

/** The estimates of several edits added up by currency and way of billing. */
export const sumEstimates = (estimates: readonly Estimate[]): Estimate[] => {
  const sums = new Map<string, Estimate>()
  for (const estimate of estimates) {
    const kind = `${estimate.currency} ${estimate.bills}`
    const before = sums.get(kind)
    sums.set(kind, before ? added(before, estimate) : estimate)
  }
  return [...sums.values()]
}

/** The estimated cost in the provider's currency, and the billed seconds. */
export const CostLine = ({ estimate }: { estimate: Estimate | null | undefined }) => {
  const { t } = useTranslation()
  const format = useFormat()
  if (!estimate) return <p className="min-h-5 text-sm text-muted" />
  const { bills, seconds, amount, amountUpTo, currency, also } = estimate
  const figure = (value: number) => format.seconds(value, Number.isInteger(value) ? 0 : 1)
  const values = {
    billed: figure(seconds.billed),
    input: figure(seconds.input),
    output: figure(seconds.output),
  }
  if (bills === 'nothing')
    return (
      <p className="min-h-5 text-sm text-muted" data-testid="cost">
        {t('edit.cost.free')}
      </p>
    )
  const key = bills === 'input+output' ? 'both' : bills
  return (
    <div className="text-sm text-muted" data-testid="cost">
      <p className="flex min-h-5 items-baseline justify-between gap-2">
        <span>{t(`edit.cost.${key}`, values)}</span>
        <span className="shrink-0 font-medium text-text">
          {format.moneyRange(amount, amountUpTo, currency)}
        </span>
      </p>
      {also ? (
        <p className="text-right">
          {t('edit.cost.also', { amount: format.money(also.amount, also.currency) })}
        </p>
      ) : null}
      {amountUpTo === undefined ? null : <p>{t('edit.cost.unsure')}</p>}
    </div>
  )
}
