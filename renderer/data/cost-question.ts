import { create } from 'zustand'
import type { AboveLimit, Estimate, SettingsView } from '../../preload/contract'
import { aboveLimit } from '../../preload/contract/above-limit'
import { client, keys } from './client'

/** A submission that waits for a confirmation because it may cost more than the person's limit. */
interface CostQuestion extends AboveLimit {
  /** Number of edits it submits. */
  count: number
  go: () => void
}

export const useCostQuestion = create<CostQuestion | null>(() => null)

/**
 * Runs `go`, which spends money: at once within the limits, after a confirmation above them.
 * A `null` estimate is an edit without one.
 */
export const withinLimits = (estimates: readonly (Estimate | null)[], go: () => void): void => {
  const limits = client.getQueryData<SettingsView>(keys.settings)?.settings.spending
  const known = estimates.filter((estimate) => estimate !== null)
  const above = limits ? aboveLimit(known, limits) : null
  if (above) useCostQuestion.setState({ ...above, count: estimates.length, go }, true)
  else go()
}

export const answerCostQuestion = (yes: boolean): void => {
  const question = useCostQuestion.getState()
  useCostQuestion.setState(null, true)
  if (yes) question?.go()
}
