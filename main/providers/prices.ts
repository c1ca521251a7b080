import type { Billed, EditOptions, Estimate, Pricing, ProviderMode } from '../../preload/contract'
import type { TaskStatus } from './provider'

type Usage = NonNullable<Extract<TaskStatus, { status: 'succeeded' }>['usage']>

/** Rounds to five decimal places, which removes the noise of binary fractions. */
const rounded = (value: number): number => Math.round(value * 1e5) / 1e5

const billedSeconds = (bills: Pricing['bills'], input: number, output: number): number =>
  ({ 'input+output': input + output, input, output, nothing: 0 })[bills]

/**
 * What an edit of a clip of `seconds` will cost.
 *
 * The length of the result is known only afterwards; the estimate assumes that of the input. The service's duration
 * option (`cut`) shortens the clip before the edit, but no document says that the rest of the input is free: the highest
 * cost counts all of it.
 */
export const estimate = (
  { pricing }: Pick<ProviderMode, 'pricing'>,
  edit: { seconds: number; options: Pick<EditOptions, 'cut' | 'quality'> },
): Estimate => {
  const { cut, quality } = edit.options
  const input = rounded(cut > 0 ? Math.min(cut, edit.seconds) : edit.seconds)
  const billed = rounded(billedSeconds(pricing.bills, input, input))
  const amount = rounded(billed * pricing.perSecond[quality])
  const { also, upTo = 1 } = pricing
  const most = billedSeconds(pricing.bills, edit.seconds, input) * pricing.perSecond[quality] * upTo
  return {
    currency: pricing.currency,
    seconds: { input, output: input, billed },
    amount,
    bills: pricing.bills,
    ...(also ? { also: { currency: also.currency, amount: rounded(amount * also.rate) } } : {}),
    ...(rounded(most) > amount ? { amountUpTo: rounded(most) } : {}),
  }
}

/** The cost from an answer in the currency of the price; null where no rate is known. */
const inOwnCurrency = (
  { currency, also }: Pricing,
  cost: NonNullable<Usage['cost']>,
): number | null => {
  if (cost.currency === currency) return rounded(cost.amount)
  return cost.currency === also?.currency ? rounded(cost.amount / also.rate) : null
}

/** What was billed according to the usage in the answer; null when the answer does not contain it. */
export const billedFrom = (
  { pricing }: Pick<ProviderMode, 'pricing'>,
  usage: Usage | null,
  options: Pick<EditOptions, 'quality'>,
): Billed | null => {
  if (!usage) return null
  const { bills, currency, perSecond } = pricing
  const { input, output, cost } = usage
  const known = input !== null && output !== null ? billedSeconds(bills, input, output) : null
  const counted = bills === 'nothing' ? 0 : (usage.seconds ?? known)
  const seconds = counted === null ? null : rounded(counted)
  const named = cost ? inOwnCurrency(pricing, cost) : null
  if (seconds === null && named === null) return null
  const computed = seconds === null ? null : rounded(seconds * perSecond[options.quality])
  return { seconds, input, output, currency, amount: named ?? computed }
}
