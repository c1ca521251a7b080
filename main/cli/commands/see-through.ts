import {
  hasEnded,
  isUnderWay,
  type Job,
  needsAttention,
  siblingOf,
} from '../../../preload/contract'
import { ProviderError } from '../../providers/provider'
import { type CliContext, exitCode } from '../context'
import type { CliServices } from '../open'
import { askYesNo, type Output } from '../output'
import { billedAtEnd, jobForPrograms, jobOutcome, shortId, wasCreated } from '../words/jobs'
import { sentenceOf, speaker } from '../words/words'
import { confirmCost } from './cost'
import { follow, showProgress, showSeveral } from './follow'
import { resultPath } from './jobs'

/** How far a command follows its job, and how it prints it. */
export interface SeeThrough {
  /** From `--yes`: submits even above the spending limit. */
  yes: boolean
  /** Until the job ends or needs the person; else only until its task exists. */
  wait: boolean
  json: boolean
}

/** Drives a job, prints what became of it, and gives the exit code. A part of `edit`, `retry` and `settle`. */
export const seeThrough = async (
  job: Job,
  options: SeeThrough,
  opened: CliServices,
  context: CliContext,
  output: Output,
): Promise<number> => {
  const first = await drive(job, options, opened, context, output)
  const elsewhere = await submitToOtherRegion(first, opened, options, context, output)
  const last = elsewhere ? await drive(elsewhere, options, opened, context, output) : first
  return tell(last, options, opened, output)
}

/** The same for the takes of a set, each to its own end. */
export const seeThroughSet = async (
  jobs: readonly Job[],
  options: SeeThrough,
  opened: CliServices,
  context: CliContext,
  output: Output,
): Promise<number> => {
  const { services, speak } = opened
  const show = showSeveral(output, speak)
  const isReached = options.wait ? (job: Job) => !isUnderWay(job) : wasCreated
  for (const { id } of jobs) output.notice(speak('cli.job', { id }))
  for (const { id } of jobs) services.jobs.start(id)
  try {
    const followed = jobs.map(({ id }) =>
      follow(services.jobs, id, isReached, context.signal, show),
    )
    const codes = (await Promise.all(followed)).map((job) => tell(job, options, opened, output))
    return Math.max(...codes, exitCode.done)
  } catch (error) {
    if (context.signal.aborted) tellInterrupted(jobs, options, opened, output)
    throw error
  }
}

const drive = async (
  { id }: Job,
  options: SeeThrough,
  opened: CliServices,
  context: CliContext,
  output: Output,
): Promise<Job> => {
  const { services, speak } = opened
  output.notice(speak('cli.job', { id }))
  services.jobs.start(id) // other jobs may need a key or host that this command was not given
  const isReached = options.wait ? (job: Job) => !isUnderWay(job) : wasCreated
  try {
    return await follow(services.jobs, id, isReached, context.signal, showProgress(output, speak))
  } catch (error) {
    if (context.signal.aborted) tellInterrupted([{ id }], options, opened, output)
    throw error
  }
}

/** After Ctrl-C: prints that the jobs continue and how to resume them, and their state as JSON. */
const tellInterrupted = (
  jobs: readonly Pick<Job, 'id'>[],
  { json }: SeeThrough,
  { services, speak }: CliServices,
  output: Output,
): void => {
  const now = jobs.flatMap(({ id }) => services.jobs.get(id) ?? [])
  for (const job of json ? now : [])
    output.json(jobForPrograms(job, resultPath(services, job), speaker('en')))
  output.notice(speak('cli.interrupted'))
}

const tell = (
  job: Job,
  { json }: SeeThrough,
  { services, speak }: CliServices,
  output: Output,
): number => {
  const path = resultPath(services, job)
  const continues = !hasEnded(job.state) && !needsAttention(job)
  if (json) output.json(jobForPrograms(job, path, speaker('en')))
  if (continues) output.notice(speak('cli.submitted', { id: shortId(job.id) }))
  else if (job.state !== 'saved') output.notice(jobOutcome(job, path, speak))
  else if (!json) output.line(jobOutcome(job, path, speak))
  const billed = billedAtEnd(job, speak)
  if (billed !== null && !json) output.notice(billed)
  return continues || job.state === 'saved' ? exitCode.done : exitCode.refused
}

/**
 * Asks in the terminal whether to try a refused key in the other region. Gives the job submitted there; null after a
 * no, without a terminal, if the other region refuses the key too, or if the job has a task in its own region.
 */
const submitToOtherRegion = async (
  job: Job,
  { services, speak }: CliServices,
  { yes }: SeeThrough,
  context: CliContext,
  output: Output,
): Promise<Job | null> => {
  const { failure } = job
  if (failure?.action !== 'try-region' || job.resumes || siblingOf(job.provider) === null)
    return null
  output.notice(speak(failure.text.key, failure.text.values))
  if (!(await askYesNo(speak('askRegion', failure.text.values), context))) return null
  try {
    const found = await services.keyRegion(job.provider)
    const estimate = services.jobs.estimateAt(job.id, found)
    const limits = services.settings.get().spending
    const estimates = estimate ? [estimate] : []
    await confirmCost({ estimates, limits, yes, context, speak })
    return await services.jobs.retry(job.id, found)
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    output.notice(sentenceOf(error, speak))
    return null
  }
}
