import { isUnderWay, needsDecision, type UncertainDecision } from '../../../preload/contract'
import { type CliContext, exitCode } from '../context'
import { withServices } from '../open'
import type { Output } from '../output'
import { jobForPrograms, shortId } from '../words/jobs'
import { CliRefusal, speaker } from '../words/words'
import { confirmCost, tellProviderAndCost } from './cost'
import { findJob } from './find-job'
import { resultPath } from './jobs'
import { type SeeThrough, seeThrough } from './see-through'

interface SettleOptions extends SeeThrough {
  id: string
  decision: UncertainDecision
  home: string | undefined
}

/** `reshoot settle <id>`: carries out what the person knows or decides about a job whose create answer was lost. */
export const settle = async (
  options: SettleOptions,
  context: CliContext,
  output: Output,
): Promise<number> =>
  await withServices(options.home, context, output, async (opened) => {
    const { services, speak } = opened
    const { decision, yes, json } = options
    const job = findJob(services.jobs.list(), options.id)
    if (!needsDecision(job.state)) throw new CliRefusal({ key: 'job.notUncertain', values: {} })
    if (decision.kind === 'submit-again') {
      const limits = services.settings.get().spending
      const estimates = job.estimate ? [job.estimate] : []
      await confirmCost({ estimates, limits, yes, context, speak })
      tellProviderAndCost([job], true, opened, output)
    }
    const settled = await services.jobs.resolve(job.id, decision)
    if (isUnderWay(settled)) return await seeThrough(settled, options, opened, context, output)
    if (json) output.json(jobForPrograms(settled, resultPath(services, settled), speaker('en')))
    else output.line(speak('cli.settled', { id: shortId(job.id) }))
    return exitCode.done
  })
