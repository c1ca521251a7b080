import type { AboveLimit, Estimate, SettingsView } from '../../preload/contract'
import { aboveLimit } from '../../preload/contract/above-limit'
import { client } from './client'
import { keys } from './keys'

/** A submission that waits for a yes, because it may cost more than the person's limit. */
export interface CostQuestion extends AboveLimit {
  /** How many edits it submits. */
  count: number
  go: () => void
}

let question: CostQuestion | null = null
const listeners = new Set<() => void>()

const change = (next: CostQuestion | null) => {
  question = next
  for (const listener of listeners) listener()
}

/** Does what spends money: at once within the limits, after a yes above them. `null` is an edit without an estimate. */
export const withinLimits = (estimates: readonly (Estimate | null)[], go: () => void): void => {
  const limits = client.getQueryData<SettingsView>(keys.settings)?.settings.spending
  const known = estimates.filter((estimate) => estimate !== null)
  const above = limits ? aboveLimit(known, limits) : null
  if (above) change({ ...above, count: estimates.length, go })
  else go()
}

export const answerCostQuestion = (yes: boolean): void => {
  const asked = question
  change(null)
  if (yes) asked?.go()
}

export const costQuestionStore = {
  get: () => question,
  subscribe: (listener: () => void) => {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  },
}
