import { type Job, needsDecision, type ProviderId } from '../../../preload/contract'
import type { CliContext } from '../context'
import { withServices } from '../open'
import type { Output } from '../output'
import { shortId } from '../words/jobs'
import { CliRefusal } from '../words/words'
import { confirmCost, tellProviderAndCost } from './cost'
import { findJob } from './find-job'
import { type SeeThrough, seeThrough } from './see-through'

interface RetryOptions extends SeeThrough {
  id: string
  /** Sends the request as a new job, which may be billed. */
  submit: boolean
  /** With `submit`: another provider than the job's. */
  provider: ProviderId | undefined
  home: string | undefined
}

/**
 * `reshoot retry <id>`: goes on with the task of a held or failed job, which costs nothing. Only with `--submit` is the
 * request sent again, and only where there is no task.
 */
export const retry = async (
  options: RetryOptions,
  context: CliContext,
  output: Output,
): Promise<number> =>
  await withServices(options.home, context, output, async (opened) => {
    const { services, speak } = opened
    const job = findJob(services.jobs.list(), options.id)
    const refusal = refusalOf(job, options.submit)
    if (refusal) {
      const values = { id: shortId(job.id), state: speak(`state.${job.state}`) }
      throw new CliRefusal({ key: refusal, values })
    }
    const { provider } = options
    if (options.submit) {
      const estimate = provider ? services.jobs.estimateAt(job.id, provider) : job.estimate
      const limits = services.settings.get().spending
      const estimates = estimate ? [estimate] : []
      await confirmCost({ estimates, limits, yes: options.yes, context, speak })
      tellProviderAndCost([{ provider: provider ?? job.provider, estimate }], true, opened, output)
    }
    const next = await services.jobs.retry(job.id, provider)
    return await seeThrough(next, options, opened, context, output)
  })

/** Why a job is not retried this way; null if it is. */
const refusalOf = ({ state, canRetry, resumes }: Job, submit: boolean): string | null => {
  if (needsDecision(state)) return 'cli.retry_uncertain'
  if (!canRetry) return 'cli.retry_not_needed'
  if (resumes) return submit ? 'cli.retry_has_task' : null
  return submit ? null : 'cli.retry_needs_submit'
}
