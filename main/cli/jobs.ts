import type { Job } from '../../preload/contract'
import type { Services } from '../services'
import type { CliContext } from './context'
import { exitCode } from './context'
import { showProgress } from './follow'
import { hasEnded, jobForPrograms, jobOutcome, shortId } from './job-words'
import { withServices } from './open-services'
import type { Output } from './output'
import { CliRefusal, printable, type Speak, speaker } from './words'

/** The result's file; null when there is none. */
export const resultPath = (services: Services, job: Job): string | null =>
  job.libraryId === null ? null : services.library.pathOf(job.libraryId)

/** `reshoot jobs`: newest first. */
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
      else output.line(jobLine(job, speak))
    }
    if (list.length === 0 && !options.json) output.notice(speak('cli.no_jobs'))
    return exitCode.done
  })

const jobLine = (job: Job, speak: Speak): string => {
  const firstLine = job.prompt.split('\n', 1)[0] ?? ''
  return [
    shortId(job.id),
    localTime(job.createdAt),
    speak(`state.${job.state}`),
    job.provider,
    printable(job.clipName),
    printable([...firstLine].slice(0, 60).join('')),
  ].join('  ')
}

/** `2026-11-20 14:05` on the person's own clock. */
const localTime = (time: number): string => {
  const date = new Date(time)
  const [month, day, hours, minutes] = [
    date.getMonth() + 1,
    date.getDate(),
    date.getHours(),
    date.getMinutes(),
  ].map((value) => String(value).padStart(2, '0'))
  return `${date.getFullYear()}-${month}-${day} ${hours}:${minutes}`
}

/** `reshoot resume`: drives every unfinished job to its end. */
export const resume = async (
  options: { home: string | undefined },
  context: CliContext,
  output: Output,
): Promise<number> =>
  await withServices(options.home, context, output, async ({ services, speak }) => {
    const before = services.jobs.list().filter((job) => !hasEnded(job) || job.state === 'uncertain')
    if (before.length === 0) {
      output.notice(speak('cli.nothing_to_resume'))
      return exitCode.done
    }
    const told = new Set<string>()
    const show = showProgress(output, speak, true)
    const tell = (job: Job): void => {
      if (!hasEnded(job)) show(job)
      if (!hasEnded(job) || told.has(job.id)) return
      told.add(job.id)
      output.line(jobOutcome(job, resultPath(services, job), speak))
    }
    const forget = services.jobs.onChange(tell)
    services.jobs.start()
    try {
      await services.jobs.drain(context.signal)
    } catch (error) {
      if (context.signal.aborted) output.notice(speak('cli.interrupted'))
      throw error
    } finally {
      forget()
    }
    const after = before.flatMap(({ id }) => services.jobs.get(id) ?? [])
    for (const job of after) tell(job)
    return after.every((job) => job.state === 'saved' || job.state === 'cancelled')
      ? exitCode.done
      : exitCode.refused
  })

/** `reshoot cancel <id>`: part of an id is enough when only one job has it. */
export const cancel = async (
  options: { id: string; home: string | undefined },
  context: CliContext,
  output: Output,
): Promise<number> =>
  await withServices(options.home, context, output, async ({ services, speak }) => {
    const found = findJob(services.jobs.list(), options.id)
    const job = await services.jobs.cancel(found.id)
    const id = shortId(job.id)
    if (job.state === 'cancelled') output.line(speak('cli.cancelled', { id }))
    else if (hasEnded(job) || !job.canCancel)
      throw new CliRefusal({
        key: 'cli.cancel_too_late',
        values: { id, state: speak(`state.${job.state}`) },
      })
    else output.line(speak('cli.cancel_asked', { id }))
    return exitCode.done
  })

const findJob = (list: readonly Job[], id: string): Job => {
  const exact = list.find((job) => job.id === id)
  if (exact) return exact
  const [first, ...others] = id === '' ? [] : list.filter((job) => job.id.startsWith(id))
  if (!first) throw new CliRefusal({ key: 'cli.no_such_job', values: { id } })
  if (others.length > 0)
    throw new CliRefusal({ key: 'cli.ambiguous_job', values: { id, count: others.length + 1 } })
  return first
}
