import type { Estimate, Job, SpendingLimits } from '../../../preload/contract'
import { aboveLimit } from '../../../preload/contract/above-limit'
import type { CliContext } from '../context'
import type { CliServices } from '../open'
import { askYesNo, type Output } from '../output'
import { money } from '../words/jobs'
import { CliRefusal, type Speak } from '../words/words'

export interface CostQuestion {
  /** Of every job that is submitted together; empty where the cost is unknown. */
  estimates: readonly Estimate[]
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
  const { estimates, limits, yes, context, speak } = question
  const above = aboveLimit(estimates, limits)
  if (!above || yes) return
  const values = { amount: money(above.amount, above.unit), limit: money(above.limit, above.unit) }
  const answer = await askYesNo(speak('cli.ask_above_limit', values), context)
  if (answer === null) throw new CliRefusal({ key: 'cli.above_limit', values })
  if (!answer) throw new CliRefusal({ key: 'cli.refused', values: {} })
}

/**
 * Prints the provider and the estimate, of all takes of a set together. For the Sandbox: that it is no AI, unless the
 * person named it.
 */
export const tellProviderAndCost = (
  takes: readonly Pick<Job, 'provider' | 'estimate'>[],
  isNamed: boolean,
  { services, speak }: CliServices,
  output: Output,
): void => {
  const [first] = takes
  if (!first) return
  const { provider, estimate } = first
  if (provider === 'sandbox') {
    if (!isNamed) output.notice(speak('cli.in_sandbox'))
    return
  }
  if (!estimate) return
  const { name = provider } = services.providers.describe().find(({ id }) => id === provider) ?? {}
  const { amount, amountUpTo: most, currency } = estimate
  const count = takes.length
  const together = (each: number) => money(each * count, currency)
  const costs = { amount: together(amount), most: together(most ?? amount) }
  const key = most === undefined ? 'cli.estimate' : 'cli.estimate_up_to'
  output.notice(speak(key, { provider: name, ...costs }))
  if (count > 1) output.notice(speak('cli.takes', { count, each: money(amount, currency) }))
}
