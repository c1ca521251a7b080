import type { SpendingUnit } from '../../../preload/contract'

/** What a limit begins with again after it was off; the contract's defaults. */
export const usualLimits: Record<SpendingUnit, number> = { USD: 5, CNY: 35, credits: 1000 }

/** A typed limit: a number above 0 with a point or a comma, undefined for anything else. */
export const parseLimit = (typed: string): number | undefined => {
  const text = typed.trim().replace(',', '.')
  if (!/^\d+(\.\d*)?$|^\.\d+$/.test(text)) return undefined
  const limit = Number(text)
  return limit > 0 && limit <= 1_000_000 ? limit : undefined
}
