import type { Job } from '../../../preload/contract'
import { say } from '../../../preload/contract/language'
import type { EditSpec } from '../../edits/edit-spec'
import { JobError } from '../../jobs/job-failures'
import type { Services } from '../../services/services'
import type { CliContext } from '../context'
import { exitCode } from '../context'
import { type CliServices, withServices } from '../open-services'
import type { EditOptions } from '../options/edit-options'
import type { Output } from '../output'
import { billedAtEnd } from '../words/billed-words'
import { hasEnded, jobForPrograms, jobOutcome, shortId, wasCreated } from '../words/job-words'
import { CliRefusal, type Speak, speaker } from '../words/words'
import { composeEdit } from './compose-edit'
import { confirmCost, money } from './confirm-cost'
import { follow, showProgress } from './follow'
import { resultPath } from './jobs'
import { submitToOtherRegion } from './other-region'

/** `reshoot edit`: checks, submits, and waits for the result unless told not to. */
export const edit = async (
  options: EditOptions,
  context: CliContext,
  output: Output,
): Promise<number> =>
  await withServices(options.home, context, output, async (opened) => {
    const { services, speak } = opened
    const spec = await compose(options, opened, context, output)
    const submitted = submit(spec, services)
    tellWhoAndCost(spec, options, opened, output)
    const job = await drive(submitted, options, opened, context, output)
    const elsewhere = await submitToOtherRegion(job, opened, options, context, output)
    const last = elsewhere ? await drive(elsewhere, options, opened, context, output) : job
    return tell(last, options, services, output, speak)
  })

/** Throws a `CliRefusal`, with what to do, where nothing could be kept. */
const submit = (spec: EditSpec, { jobs }: Services): Job => {
  try {
    return jobs.submit(spec)
  } catch (error) {
    if (!(error instanceof JobError)) throw error
    const step = { key: 'cli.step_choose-folder', values: {} }
    throw new CliRefusal(error.text, [], error.action === 'choose-folder' ? [step] : [])
  }
}

/** Follows a submitted edit as far as the command is to wait. */
const drive = async (
  { id }: Job,
  options: EditOptions,
  opened: CliServices,
  context: CliContext,
  output: Output,
): Promise<Job> => {
  const { services, speak } = opened
  output.notice(speak('cli.job', { id }))
  services.jobs.start(id) // others may need another key or host than this command was given
  const isThere = options.wait ? hasEnded : wasCreated
  try {
    return await follow(services.jobs, id, isThere, context.signal, showProgress(output, speak))
  } catch (error) {
    if (context.signal.aborted) tellInterrupted(id, options, opened, output)
    throw error
  }
}

/** What will be submitted. Stopped here, nothing was. */
const compose = async (
  options: EditOptions,
  { services, speak }: CliServices,
  context: CliContext,
  output: Output,
): Promise<EditSpec> => {
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

/** Who does the work and what it takes for it. That the Sandbox is no AI is told to whoever did not ask for it. */
const tellWhoAndCost = (
  { provider, estimate }: EditSpec,
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

/** The job lives on: a program learns where it stands, a person how to take it up again. */
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
  const onItsWay = !hasEnded(job)
  if (options.json) output.json(jobForPrograms(job, path, speaker('en')))
  if (onItsWay) output.notice(speak('cli.submitted', { id: shortId(job.id) }))
  else if (job.state !== 'saved') output.notice(jobOutcome(job, path, speak))
  else if (!options.json) output.line(jobOutcome(job, path, speak))
  const billed = billedAtEnd(job, speak)
  if (billed !== null && !options.json) output.notice(billed)
  return onItsWay || job.state === 'saved' ? exitCode.done : exitCode.refused
}
