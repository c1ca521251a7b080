import { isUnderWay, isUnfinished, type Job, needsAttention } from '../../../preload/contract'
import { JobError } from '../../jobs/failures'
import { type CliContext, exitCode } from '../context'
import { type CliServices, withServices } from '../open'
import type { Output } from '../output'
import { billedAtEnd, jobForPrograms, jobOutcome } from '../words/jobs'
import { speaker } from '../words/words'
import { showSeveral, stoppedBy } from './follow'
import { resultPath } from './jobs'

/** `reshoot resume`: drives every unfinished job to its end or until it is held, and prints what became of each. */
export const resume = async (
  options: { json: boolean; home: string | undefined },
  context: CliContext,
  output: Output,
): Promise<number> =>
  await withServices(options.home, context, output, async (opened) => {
    const { services, speak } = opened
    const before = services.jobs.list().filter((job) => isUnfinished(job.state))
    if (before.length === 0) {
      output.notice(speak('cli.nothing_to_resume'))
      return exitCode.done
    }
    const tell = tellOnce(opened, options.json, output)
    const show = showSeveral(output, speak)
    const look = (job: Job): void => {
      // A held job may go on while others are driven. Programs get one document for each job.
      if (!isUnderWay(job) && !(options.json && needsAttention(job))) tell(job)
      show(job)
    }
    const forget = services.jobs.onChange(look)
    const now = () => before.flatMap(({ id }) => services.jobs.get(id) ?? [])
    for (const job of before) show(job)
    services.jobs.start()
    try {
      await services.jobs.drain(context.signal)
    } catch (error) {
      if (options.json) for (const job of now()) tell(job)
      if (context.signal.aborted) output.notice(speak('cli.interrupted'))
      throw error instanceof JobError ? stoppedBy(error.text) : error
    } finally {
      forget()
    }
    const after = now()
    for (const job of after) tell(job)
    return after.every((job) => job.state === 'saved' || job.state === 'cancelled')
      ? exitCode.done
      : exitCode.refused
  })

const tellOnce = (
  { services, speak }: CliServices,
  json: boolean,
  output: Output,
): ((job: Job) => void) => {
  const told = new Map<string, boolean>()
  const english = speaker('en')
  return (job) => {
    if (told.get(job.id) === needsAttention(job)) return
    told.set(job.id, needsAttention(job))
    const path = resultPath(services, job)
    if (json) output.json(jobForPrograms(job, path, english))
    else output.line(jobOutcome(job, path, speak))
    const billed = billedAtEnd(job, speak)
    if (billed !== null && !json) output.notice(billed)
  }
}
