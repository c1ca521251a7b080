import { type Job, needsAttention } from '../../../preload/contract'
import type { Services } from '../../services/services'
import { printable } from '../../tools/quote'
import { type CliContext, exitCode } from '../context'
import { withServices } from '../open'
import type { Output } from '../output'
import { jobForPrograms, jobRemark, localTime, shortId } from '../words/jobs'
import { type Speak, speaker } from '../words/words'

/** The result's file; null when there is none. */
export const resultPath = (services: Services, job: Job): string | null =>
  job.libraryId === null ? null : services.library.pathOf(job.libraryId)

/** `reshoot jobs`: lists the jobs, newest first. */
export const jobs = async (
  options: { json: boolean; home: string | undefined },
  context: CliContext,
  output: Output,
): Promise<number> =>
  await withServices(options.home, context, output, async ({ services, speak }) => {
    const list = services.jobs.list()
    const english = speaker('en')
    for (const job of list) {
      if (output.closed()) break
      if (options.json) output.json(jobForPrograms(job, resultPath(services, job), english))
      else for (const line of jobLines(job, speak)) output.line(line)
    }
    if (list.length === 0 && !options.json) output.notice(speak('cli.no_jobs'))
    return exitCode.done
  })

const jobLines = (job: Job, speak: Speak): string[] => {
  const remark = jobRemark(job, speak)
  return [jobLine(job, speak), ...(remark === null ? [] : [`  ${remark}`])]
}

const jobLine = (job: Job, speak: Speak): string => {
  const firstLine = job.prompt.split('\n', 1)[0] ?? ''
  return [
    shortId(job.id),
    localTime(job.createdAt),
    speak(needsAttention(job) ? 'cli.state_held' : `state.${job.state}`),
    job.provider,
    printable(job.name),
    printable([...firstLine].slice(0, 60).join('')),
  ].join('  ')
}
