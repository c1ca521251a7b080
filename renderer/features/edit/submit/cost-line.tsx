import { useTranslation } from 'react-i18next'
import type { Estimate } from '../../../../preload/contract'
import { useFormat } from '../../../language/use-format'

/** What the edit will cost, and which seconds are billed. */
export const CostLine = ({ estimate }: { estimate: Estimate | null | undefined }) => {
  const { t } = useTranslation()
  const format = useFormat()
  if (!estimate) return <p className="min-h-5 text-sm text-muted" />
  const { bills, seconds, amount, currency } = estimate
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
    <p
      className="flex min-h-5 items-baseline justify-between gap-2 text-sm text-muted"
      data-testid="cost"
    >
      <span>{t(`edit.cost.${key}`, values)}</span>
      <span className="font-medium text-text">{format.money(amount, currency)}</span>
    </p>
  )
}
