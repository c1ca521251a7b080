import { type Job, modeRow } from '../../../preload/contract'
import { say } from '../../../preload/contract/language'
import type { JobSpec } from '../../edits/job-spec'
import { takesOf } from '../../edits/takes'
import { JobError } from '../../jobs/failures'
import type { Services } from '../../services/services'
import type { CliContext } from '../context'
import { type CliServices, withServices } from '../open'
import type { Output } from '../output'
import { CliRefusal } from '../words/words'
import { type ComposeOptions, compose } from './compose'
import { confirmCost, tellProviderAndCost } from './cost'
import { type SeeThrough, seeThrough, seeThroughSet } from './see-through'

/** How a command submits. */
export interface SubmitOptions extends SeeThrough {
  /** Jobs of the set; null for one whose seed is as given. */
  takes: number | null
  home: string | undefined
}

/** Checks, asks about the cost, submits all takes, and follows them. A part of `edit` and `create`. */
export const submitAndFollow = async (
  options: ComposeOptions & SubmitOptions,
  context: CliContext,
  output: Output,
): Promise<number> =>
  await withServices(options.home, context, output, async (opened) => {
    const takes = await composeTakes(options, opened, context, output)
    const jobs = submit(takes, opened.services)
    tellProviderAndCost(takes, options.provider !== undefined, opened, output)
    const [job, ...more] = jobs
    if (!job) return await seeThroughSet([], options, opened, context, output)
    return more.length === 0
      ? await seeThrough(job, options, opened, context, output)
      : await seeThroughSet(jobs, options, opened, context, output)
  })

/** Throws a `CliRefusal` if the results could not be saved. */
const submit = (takes: readonly JobSpec[], { jobs }: Services): Job[] => {
  try {
    return jobs.submitSet(takes)
  } catch (error) {
    if (!(error instanceof JobError)) throw error
    const step = { key: 'cli.step_choose-folder', values: {} }
    throw new CliRefusal(error.text, [], error.action === 'choose-folder' ? [step] : [])
  }
}

/** The jobs to submit. After Ctrl-C nothing is submitted. */
const composeTakes = async (
  options: ComposeOptions & SubmitOptions,
  { services, speak }: CliServices,
  context: CliContext,
  output: Output,
): Promise<JobSpec[]> => {
  try {
    const warn = (line: string) => output.notice(line)
    const spec = await compose(options, services, context, warn, speak)
    const takes = withSeeds(spec, options.takes, services)
    const estimates = takes.flatMap(({ estimate }) => estimate ?? [])
    const limits = services.settings.get().spending
    await confirmCost({ estimates, limits, yes: options.yes, context, speak })
    return takes
  } catch (error) {
    if (!context.signal.aborted) throw error
    const message = { key: 'cli.stopped_before', values: {} }
    output.notice(speak(message.key))
    if (options.json) output.json({ error: { message: say(message, 'en'), findings: [] } })
    throw error
  }
}

const withSeeds = (spec: JobSpec, takes: number | null, { providers }: Services): JobSpec[] => {
  const provider = providers.describe().find(({ id }) => id === spec.provider)
  if (takes === null || !provider) return [spec]
  return takesOf(spec, takes, modeRow(provider, spec.mode).limits.seed, Math.random)
}
