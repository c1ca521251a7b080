import { hasEnded, needsDecision } from '../../../preload/contract'
import { type CliContext, exitCode } from '../context'
import { withServices } from '../open'
import type { Output } from '../output'
import { jobForPrograms, shortId } from '../words/jobs'
import { CliRefusal, speaker } from '../words/words'
import { findJob } from './find-job'
import { resultPath } from './jobs'

/** `reshoot cancel <id>`: cancels a job, given by the beginning of its id if that is unique. */
export const cancel = async (
  options: { id: string; json: boolean; home: string | undefined },
  context: CliContext,
  output: Output,
): Promise<number> =>
  await withServices(options.home, context, output, async ({ services, speak }) => {
    const found = findJob(services.jobs.list(), options.id)
    const id = shortId(found.id)
    if (needsDecision(found.state))
      throw new CliRefusal({ key: 'cli.cancel_uncertain', values: { id } })
    const job = await services.jobs.cancel(found.id)
    const isCancelled = job.state === 'cancelled'
    if (!isCancelled && (hasEnded(job.state) || !job.canCancel))
      throw new CliRefusal({
        key: 'cli.cancel_too_late',
        values: { id, state: speak(`state.${job.state}`) },
      })
    if (options.json) output.json(jobForPrograms(job, resultPath(services, job), speaker('en')))
    else output.line(speak(isCancelled ? 'cli.cancelled' : 'cli.cancel_asked', { id }))
    return exitCode.done
  })
