import {
  type Billed,
  durationFor,
  type EditOptions,
  type Estimate,
  type Pricing,
  type ProviderLimits,
  type ProviderMode,
} from '../../preload/contract'
import type { TaskStatus } from './provider'

type Usage = NonNullable<Extract<TaskStatus, { status: 'succeeded' }>['usage']>

/** Rounds to five decimal places, which removes the noise of binary fractions. */
const rounded = (value: number): number => Math.round(value * 1e5) / 1e5

const billedSeconds = (bills: Pricing['bills'], input: number, output: number): number =>
  ({ 'input+output': input + output, input, output, nothing: 0 })[bills]

/** What an estimate needs of a provider's mode. */
interface Priced extends Pick<ProviderMode, 'pricing'> {
  limits?: Pick<ProviderLimits, 'duration'>
}

/**
 * What a request will cost that sends `seconds` of clips or reference videos.
 *
 * The length of an edit is known only afterwards; the estimate assumes that of the input. The service's duration
 * option (`cut`) shortens the clip before the edit, but no document says that the rest of the input is free: the highest
 * cost counts all of it. In the other modes the length is chosen; that of a continued clip includes the clip.
 */
export const estimate = (
  { pricing, limits = {} }: Priced,
  sent: { seconds: number; options: Pick<EditOptions, 'cut' | 'quality' | 'duration'> },
): Estimate => {
  const { cut, quality, duration } = sent.options
  const input = rounded(cut > 0 ? Math.min(cut, sent.seconds) : sent.seconds)
  const output = durationFor(limits, duration) ?? input
  const billedInput = Math.min(input, pricing.inputUpTo ?? input)
  const billed = rounded(billedSeconds(pricing.bills, billedInput, output))
  const amount = rounded(billed * pricing.perSecond[quality])
  const { also, upTo = 1 } = pricing
  const mostInput = Math.min(sent.seconds, pricing.inputUpTo ?? sent.seconds)
  const most = billedSeconds(pricing.bills, mostInput, output) * pricing.perSecond[quality] * upTo
  return {
    currency: pricing.currency,
    seconds: { input, output, billed },
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
