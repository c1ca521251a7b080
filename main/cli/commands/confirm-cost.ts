import type { Estimate, SpendingLimits } from '../../../preload/contract'
import { aboveLimit } from '../../../preload/contract/above-limit'
import { askYesNo } from '../ask'
import type { CliContext } from '../context'
import { CliRefusal, type Speak } from '../words/words'

/** '1.5 USD', '24 credits': small amounts keep what matters of them. */
export const money = (amount: number, unit: string): string => {
  const digits = unit === 'credits' || amount >= 0.1 ? 2 : 3
  return `${Number(amount.toFixed(digits))} ${unit}`
}

export interface CostQuestion {
  estimate: Estimate | null
  limits: SpendingLimits
  /** Given beforehand: `--yes`. */
  yes: boolean
  context: CliContext
  speak: Speak
}

/**
 * Resolves when the edit may be submitted: its estimate is within the limits of Settings, or a person said yes.
 * Rejects with a `CliRefusal` after a no, and where nobody is there to ask.
 */
export const confirmCost = async (question: CostQuestion): Promise<void> => {
  const { estimate, limits, yes, context, speak } = question
  const above = estimate ? aboveLimit([estimate], limits) : null
  if (!above || yes) return
  const values = { amount: money(above.amount, above.unit), limit: money(above.limit, above.unit) }
  const answer = await askYesNo(speak('cli.ask_above_limit', values), context)
  if (answer === null) throw new CliRefusal({ key: 'cli.above_limit', values })
  if (!answer) throw new CliRefusal({ key: 'cli.refused', values: {} })
}
