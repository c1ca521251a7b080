import type { Job } from '../../preload/contract'
import type { Services } from '../services'
import { composeEdit } from './compose-edit'
import { confirmCost } from './confirm-cost'
import type { CliContext } from './context'
import { exitCode } from './context'
import type { EditOptions } from './edit-options'
import { follow, showProgress } from './follow'
import { hasEnded, jobForPrograms, jobOutcome, shortId, wasCreated } from './job-words'
import { resultPath } from './jobs'
import { withServices } from './open-services'
import type { Output } from './output'
import { type Speak, speaker } from './words'

/** `reshoot edit`: checks, submits, and waits for the result unless told not to. */
export const edit = async (
  options: EditOptions,
  context: CliContext,
  output: Output,
): Promise<number> =>
  await withServices(options.home, context, output, async ({ services, speak }) => {
    const spec = await composeEdit(options, services, context, (line) => output.notice(line), speak)
    await confirmCost({
      estimate: spec.estimate,
      limits: services.settings.get().spending,
      yes: options.yes,
      context,
      speak,
    })
    const submitted = services.jobs.submit(spec)
    output.notice(speak('cli.job', { id: submitted.id }))
    services.jobs.start(submitted.id) // others may need another key or host than this command was given
    const isThere = options.wait ? hasEnded : wasCreated
    const job = await reach(services, submitted.id, isThere, context, output, speak)
    return tell(job, options, services, output, speak)
  })

const reach = async (
  services: Services,
  id: string,
  isThere: (job: Job) => boolean,
  context: CliContext,
  output: Output,
  speak: Speak,
): Promise<Job> => {
  try {
    return await follow(services.jobs, id, isThere, context.signal, showProgress(output, speak))
  } catch (error) {
    if (context.signal.aborted) output.notice(speak('cli.interrupted'))
    throw error
  }
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
  return onItsWay || job.state === 'saved' ? exitCode.done : exitCode.refused
}
