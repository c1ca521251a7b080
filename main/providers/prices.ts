import type { Billed, EditOptions, Estimate, Pricing } from '../../preload/contract'
import type { ProviderRow, TaskStatus } from './provider'

type Usage = NonNullable<Extract<TaskStatus, { status: 'succeeded' }>['usage']>

/** Money to the thousandth of a cent, so that sums of binary fractions read well. */
const rounded = (value: number): number => Math.round(value * 1e5) / 1e5

const billedSeconds = (bills: Pricing['bills'], input: number, output: number): number =>
  ({ 'input+output': input + output, input, output, nothing: 0 })[bills]

/**
 * What an edit of a clip of `seconds` will cost.
 *
 * The service's own duration option cuts the clip before it is edited, so the shorter length counts on both
 * sides. What the result's length will really be is only known afterwards: it is taken to be the input's.
 */
export function estimate(
  row: Pick<ProviderRow, 'pricing'>,
  edit: { seconds: number; options: Pick<EditOptions, 'cut' | 'quality'> },
): Estimate {
  const { pricing } = row
  const { cut, quality } = edit.options
  const input = rounded(cut > 0 ? Math.min(cut, edit.seconds) : edit.seconds)
  const billed = rounded(billedSeconds(pricing.bills, input, input))
  const amount = rounded(billed * pricing.perSecond[quality])
  const { also, upTo } = pricing
  return {
    currency: pricing.currency,
    seconds: { input, output: input, billed },
    amount,
    bills: pricing.bills,
    ...(also ? { also: { currency: also.currency, amount: rounded(amount * also.rate) } } : {}),
    ...(upTo ? { amountUpTo: rounded(amount * upTo) } : {}),
  }
}

/** Money that an answer names, in the row's own currency; null where no rate is known. */
function inOwnCurrency(
  { currency, also }: Pricing,
  cost: NonNullable<Usage['cost']>,
): number | null {
  if (cost.currency === currency) return rounded(cost.amount)
  return cost.currency === also?.currency ? rounded(cost.amount / also.rate) : null
}

/** What was billed by the answer's usage; null when the answer does not say. */
export function billedFrom(
  row: Pick<ProviderRow, 'pricing'>,
  usage: Usage | null,
  options: Pick<EditOptions, 'quality'>,
): Billed | null {
  if (!usage) return null
  const { bills, currency, perSecond } = row.pricing
  const { input, output, cost } = usage
  const known = input !== null && output !== null ? billedSeconds(bills, input, output) : null
  const counted = bills === 'nothing' ? 0 : (usage.seconds ?? known)
  const seconds = counted === null ? null : rounded(counted)
  const named = cost ? inOwnCurrency(row.pricing, cost) : null
  if (seconds === null && named === null) return null
  const computed = seconds === null ? null : rounded(seconds * perSecond[options.quality])
  return { seconds, input, output, currency, amount: named ?? computed }
}
