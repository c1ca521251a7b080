import {
  type Estimate,
  hasEnded,
  type Job,
  type SpendingLimits,
  siblingOf,
} from '../../../preload/contract'
import { aboveLimit } from '../../../preload/contract/above-limit'
import { say } from '../../../preload/contract/language'
import type { JobSpec } from '../../edits/job-spec'
import { JobError } from '../../jobs/failures'
import { ProviderError } from '../../providers/provider'
import type { Services } from '../../services/services'
import { type CliContext, exitCode } from '../context'
import { type CliServices, withServices } from '../open'
import { askYesNo, type Output } from '../output'
import { billedAtEnd, jobForPrograms, jobOutcome, money, shortId, wasCreated } from '../words/jobs'
import { CliRefusal, type Speak, sentenceOf, speaker } from '../words/words'
import { composeEdit, type EditOptions } from './compose-edit'
import { follow, showProgress } from './follow'
import { resultPath } from './jobs'

/** `reshoot edit`: checks and submits, then waits for the result unless `--no-wait` is given. */
export const edit = async (
  options: EditOptions,
  context: CliContext,
  output: Output,
): Promise<number> =>
  await withServices(options.home, context, output, async (opened) => {
    const { services, speak } = opened
    const spec = await compose(options, opened, context, output)
    const submitted = submit(spec, services)
    tellProviderAndCost(spec, options, opened, output)
    const job = await drive(submitted, options, opened, context, output)
    const elsewhere = await submitToOtherRegion(job, opened, options, context, output)
    const last = elsewhere ? await drive(elsewhere, options, opened, context, output) : job
    return tell(last, options, services, output, speak)
  })

/** Throws a `CliRefusal` if the result could not be saved. */
const submit = (spec: JobSpec, { jobs }: Services): Job => {
  try {
    return jobs.submit(spec)
  } catch (error) {
    if (!(error instanceof JobError)) throw error
    const step = { key: 'cli.step_choose-folder', values: {} }
    throw new CliRefusal(error.text, [], error.action === 'choose-folder' ? [step] : [])
  }
}

/** Waits for a submitted job: until it ends, or with `--no-wait` until its task exists. */
const drive = async (
  { id }: Job,
  options: EditOptions,
  opened: CliServices,
  context: CliContext,
  output: Output,
): Promise<Job> => {
  const { services, speak } = opened
  output.notice(speak('cli.job', { id }))
  services.jobs.start(id) // other jobs may need a key or host that this command was not given
  const isReached = options.wait ? ({ state }: Job) => hasEnded(state) : wasCreated
  try {
    return await follow(services.jobs, id, isReached, context.signal, showProgress(output, speak))
  } catch (error) {
    if (context.signal.aborted) tellInterrupted(id, options, opened, output)
    throw error
  }
}

/** The job to submit. After Ctrl-C nothing is submitted. */
const compose = async (
  options: EditOptions,
  { services, speak }: CliServices,
  context: CliContext,
  output: Output,
): Promise<JobSpec> => {
  try {
    const warn = (line: string) => output.notice(line)
    const spec = await composeEdit(options, services, context, warn, speak)
    const { estimate } = spec
    const limits = services.settings.get().spending
    await confirmCost({ estimate, limits, yes: options.yes, context, speak })
    return spec
  } catch (error) {
    if (!context.signal.aborted) throw error
    const message = { key: 'cli.stopped_before', values: {} }
    output.notice(speak(message.key))
    if (options.json) output.json({ error: { message: say(message, 'en'), findings: [] } })
    throw error
  }
}

/** Prints the provider and the estimate. For the Sandbox: that it is no AI, unless `--provider` names it. */
const tellProviderAndCost = (
  { provider, estimate }: JobSpec,
  options: Pick<EditOptions, 'provider'>,
  { services, speak }: CliServices,
  output: Output,
): void => {
  if (provider === 'sandbox') {
    if (options.provider === undefined) output.notice(speak('cli.in_sandbox'))
    return
  }
  if (!estimate) return
  const { name = provider } = services.providers.describe().find(({ id }) => id === provider) ?? {}
  const { amount, amountUpTo: most, currency } = estimate
  const costs = { amount: money(amount, currency), most: money(most ?? amount, currency) }
  const key = most === undefined ? 'cli.estimate' : 'cli.estimate_up_to'
  output.notice(speak(key, { provider: name, ...costs }))
}

/** After Ctrl-C: prints that the job continues and how to resume it, and its state as JSON. */
const tellInterrupted = (
  id: string,
  { json }: Pick<EditOptions, 'json'>,
  { services, speak }: CliServices,
  output: Output,
): void => {
  const job = services.jobs.get(id)
  if (json && job) output.json(jobForPrograms(job, resultPath(services, job), speaker('en')))
  output.notice(speak('cli.interrupted'))
}

const tell = (
  job: Job,
  options: Pick<EditOptions, 'json' | 'wait'>,
  services: Services,
  output: Output,
  speak: Speak,
): number => {
  const path = resultPath(services, job)
  const continues = !hasEnded(job.state)
  if (options.json) output.json(jobForPrograms(job, path, speaker('en')))
  if (continues) output.notice(speak('cli.submitted', { id: shortId(job.id) }))
  else if (job.state !== 'saved') output.notice(jobOutcome(job, path, speak))
  else if (!options.json) output.line(jobOutcome(job, path, speak))
  const billed = billedAtEnd(job, speak)
  if (billed !== null && !options.json) output.notice(billed)
  return continues || job.state === 'saved' ? exitCode.done : exitCode.refused
}

export interface CostQuestion {
  estimate: Estimate | null
  limits: SpendingLimits
  /** From `--yes`. */
  yes: boolean
  context: CliContext
  speak: Speak
}

/**
 * Resolves if the estimate is within the spending limits or the person agrees.
 * Rejects with a `CliRefusal` after a no, or without a terminal.
 */
export const confirmCost = async (question: CostQuestion): Promise<void> => {
  const { estimate, limits, yes, context, speak } = question
  const above = estimate ? aboveLimit([estimate], limits) : null
  if (!above || yes) return
  const values = { amount: money(above.amount, above.unit), limit: money(above.limit, above.unit) }
  const answer = await askYesNo(speak('cli.ask_above_limit', values), context)
  if (answer === null) throw new CliRefusal({ key: 'cli.above_limit', values })
  if (!answer) throw new CliRefusal({ key: 'cli.refused', values: {} })
}

/**
 * Asks in the terminal whether to try a refused key in the other region. Gives the job submitted there; null after a
 * no, without a terminal, or if the other region refuses the key too.
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
    const estimate = services.jobs.estimateAt(job.id, found)
    const limits = services.settings.get().spending
    await confirmCost({ estimate, limits, yes, context, speak })
    return await services.jobs.retry(job.id, found)
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    output.notice(sentenceOf(error, speak))
    return null
  }
}
