import { type Job, modeRow, siblingOf } from '../../../preload/contract'
import { estimate } from '../../providers/prices'
import { ProviderError } from '../../providers/provider'
import { askYesNo } from '../ask'
import type { CliContext } from '../context'
import type { CliServices } from '../open-services'
import type { Output } from '../output'
import { sentenceOf } from '../words/words'
import { confirmCost } from './confirm-cost'

/**
 * Offers a person at a terminal to try the other region with a key that was refused. Gives the edit submitted
 * there; null after a no, where nobody is there to ask, and where the other region does not accept the key either.
 */
export const submitToOtherRegion = async (
  job: Job,
  { services, speak }: CliServices,
  { yes }: { yes: boolean },
  context: CliContext,
  output: Output,
): Promise<Job | null> => {
  const { failure } = job
  if (failure?.action !== 'try-region' || siblingOf(job.provider) === null) return null
  output.notice(speak(failure.text.key, failure.text.values))
  if (!(await askYesNo(speak('askRegion', failure.text.values), context))) return null
  try {
    const found = await services.keyRegion(job.provider)
    const row = services.providers.describe().find(({ id }) => id === found)
    const seconds = job.estimate?.seconds.input ?? null
    const edit = { seconds: seconds ?? 0, options: job.options }
    const cost = row && seconds !== null ? estimate(modeRow(row, 'edit'), edit) : null
    const limits = services.settings.get().spending
    await confirmCost({ estimate: cost, limits, yes, context, speak })
    return await services.jobs.retry(job.id, { provider: found, estimate: cost })
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    output.notice(sentenceOf(error, speak))
    return null
  }
}
