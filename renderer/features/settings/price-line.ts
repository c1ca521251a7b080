import type { Pricing } from '../../../preload/contract'

/** Which seconds a provider bills and for how much, as a sentence's name and its figures. */
export interface PriceLine {
  say: 'free' | 'both' | 'output' | 'outputUpTo' | 'input'
  /** Of one second, by quality. */
  prices: { low: number; high: number }
  currency: string
  /** One of `currency` is so much of this. */
  also: Pricing['also'] | null
}

export const priceLine = ({ bills, perSecond, currency, also, upTo }: Pricing): PriceLine => {
  const names = {
    'input+output': 'both',
    output: upTo ? 'outputUpTo' : 'output',
    input: 'input',
    nothing: 'free',
  } as const
  return {
    say: names[bills],
    prices: { low: perSecond['720p'], high: perSecond['1080p'] },
    currency,
    also: also ?? null,
  }
}
