import type { Estimate, Job, SpendingLimits } from '../../../preload/contract'
import { aboveLimit } from '../../../preload/contract/above-limit'
import type { CliContext } from '../context'
import type { CliServices } from '../open'
import { askYesNo, type Output } from '../output'
import { money } from '../words/jobs'
import { CliRefusal, type Speak } from '../words/words'

export interface CostQuestion {
  estimate: Estimate | null
  limits: SpendingLimits
  /** From `--yes`. */
  yes: boolean
  context: CliContext
  speak: Speak
}

/**
 * Resolves if the estimate is within the spending limits or the person agrees.
 * Rejects with a `CliRefusal` after a no, or without a terminal.
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

/** Prints the provider and the estimate. For the Sandbox: that it is no AI, unless the person named it. */
export const tellProviderAndCost = (
  { provider, estimate }: Pick<Job, 'provider' | 'estimate'>,
  isNamed: boolean,
  { services, speak }: CliServices,
  output: Output,
): void => {
  if (provider === 'sandbox') {
    if (!isNamed) output.notice(speak('cli.in_sandbox'))
    return
  }
  if (!estimate) return
  const { name = provider } = services.providers.describe().find(({ id }) => id === provider) ?? {}
  const { amount, amountUpTo: most, currency } = estimate
  const costs = { amount: money(amount, currency), most: money(most ?? amount, currency) }
  const key = most === undefined ? 'cli.estimate' : 'cli.estimate_up_to'
  output.notice(speak(key, { provider: name, ...costs }))
}
