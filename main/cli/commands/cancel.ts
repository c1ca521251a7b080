import { hasEnded, type Job } from '../../../preload/contract'
import { type CliContext, exitCode } from '../context'
import { withServices } from '../open'
import type { Output } from '../output'
import { jobForPrograms, shortId } from '../words/jobs'
import { CliRefusal, speaker } from '../words/words'
import { resultPath } from './jobs'

/** `reshoot cancel <id>`: cancels a job, given by the beginning of its id if that is unique. */
export const cancel = async (
  options: { id: string; json: boolean; home: string | undefined },
  context: CliContext,
  output: Output,
): Promise<number> =>
  await withServices(options.home, context, output, async ({ services, speak }) => {
    const found = findJob(services.jobs.list(), options.id)
    const job = await services.jobs.cancel(found.id)
    const id = shortId(job.id)
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

const findJob = (list: readonly Job[], id: string): Job => {
  const exact = list.find((job) => job.id === id)
  if (exact) return exact
  const [first, ...others] = list.filter((job) => job.id.startsWith(id))
  if (!first) throw new CliRefusal({ key: 'cli.no_such_job', values: { id } })
  if (others.length > 0)
    throw new CliRefusal({ key: 'cli.ambiguous_job', values: { id, count: others.length + 1 } })
  return first
}
