import { hasEnded, type Job, needsAttention, needsDecision } from '../../../preload/contract'
import { type CliContext, exitCode } from '../context'
import { withServices } from '../open'
import { askYesNo, type Output } from '../output'
import { jobForPrograms, keptUntil, sentences, shortId } from '../words/jobs'
import { CliRefusal, type Speak, speaker } from '../words/words'
import { findJob } from './find-job'
import { resultPath } from './jobs'

interface ForgetOptions {
  ids: readonly string[]
  /** From `--yes`: does not ask about results that would be lost. */
  yes: boolean
  json: boolean
  home: string | undefined
}

/** `reshoot forget <id>…`: removes jobs from the list, all or none. Results in the library stay. */
export const forget = async (
  options: ForgetOptions,
  context: CliContext,
  output: Output,
): Promise<number> =>
  await withServices(options.home, context, output, async ({ services, speak }) => {
    const list = services.jobs.list()
    const jobs = [...new Set(options.ids.map((id) => findJob(list, id)))]
    for (const { id, state, failure } of jobs)
      if (!hasEnded(state) && !needsAttention({ state, failure }))
        throw new CliRefusal({ key: 'cli.forget_running', values: { id: shortId(id) } })
    if (!options.yes) await confirmLoss(jobs.filter(mayHaveResult), context, output, speak)
    services.jobs.remove(jobs.map(({ id }) => id))
    for (const job of jobs)
      if (options.json) output.json(jobForPrograms(job, resultPath(services, job), speaker('en')))
      else output.line(speak('cli.forgotten', { id: shortId(job.id) }))
    return exitCode.done
  })

/** Whether the provider may have a result that only this job can fetch. */
const mayHaveResult = ({ state, resumes }: Job): boolean => resumes === true || needsDecision(state)

/** Rejects with a `CliRefusal` after a no, or without a terminal. */
const confirmLoss = async (
  jobs: readonly Job[],
  context: CliContext,
  output: Output,
  speak: Speak,
): Promise<void> => {
  if (jobs.length === 0) return
  for (const job of jobs) {
    const loss = speak('cli.forget_loses', { id: shortId(job.id) })
    output.notice(sentences([loss, keptUntil(job, speak)], speak))
  }
  const answer = await askYesNo(speak('cli.ask_forget', { count: jobs.length }), context)
  if (answer === null) throw new CliRefusal({ key: 'cli.forget_needs_yes', values: {} })
  if (!answer) throw new CliRefusal({ key: 'cli.forget_refused', values: {} })
}
