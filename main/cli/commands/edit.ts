import type { Job } from '../../../preload/contract'
import { say } from '../../../preload/contract/language'
import type { JobSpec } from '../../edits/job-spec'
import { JobError } from '../../jobs/failures'
import type { Services } from '../../services/services'
import type { CliContext } from '../context'
import { type CliServices, withServices } from '../open'
import type { Output } from '../output'
import { CliRefusal } from '../words/words'
import { composeEdit, type EditOptions } from './compose-edit'
import { confirmCost, tellProviderAndCost } from './cost'
import { seeThrough } from './see-through'

/** `reshoot edit`: checks and submits, then waits for the result unless `--no-wait` is given. */
export const edit = async (
  options: EditOptions,
  context: CliContext,
  output: Output,
): Promise<number> =>
  await withServices(options.home, context, output, async (opened) => {
    const spec = await compose(options, opened, context, output)
    const submitted = submit(spec, opened.services)
    tellProviderAndCost(spec, options.provider !== undefined, opened, output)
    return await seeThrough(submitted, options, opened, context, output)
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
