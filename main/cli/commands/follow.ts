import { isUnderWay, type Job, type Text } from '../../../preload/contract'
import type { Jobs } from '../../jobs/jobs'
import type { Output } from '../output'
import { shortId } from '../words/jobs'
import { CliRefusal, type Speak } from '../words/words'

/** The database failed, as on a full disk. The job exists, so nobody should submit it again. */
export const stoppedBy = (why: Text): CliRefusal =>
  new CliRefusal(why, [], [{ key: 'cli.interrupted', values: {} }])

/** Resolves when `isReached` is true for the job; rejects with an AbortError on Ctrl-C, or where the database fails. */
export const follow = async (
  jobs: Jobs,
  id: string,
  isReached: (job: Job) => boolean,
  signal: AbortSignal,
  onUpdate: (job: Job) => void,
): Promise<Job> => {
  signal.throwIfAborted()
  const { promise, resolve, reject } = Promise.withResolvers<Job>()
  const look = (job: Job | null): void => {
    if (job?.id !== id) return
    onUpdate(job)
    if (isReached(job)) resolve(job)
  }
  const forget = jobs.onChange(look)
  const forgetFailures = jobs.onFailure((why) => reject(stoppedBy(why)))
  const onStop = () => reject(signal.reason)
  signal.addEventListener('abort', onStop, { once: true })
  try {
    look(jobs.get(id))
    return await promise
  } finally {
    forget()
    forgetFailures()
    signal.removeEventListener('abort', onStop)
  }
}

/** Shows the job's step, and each reason why it waits once. */
export const showProgress = (output: Output, speak: Speak): ((job: Job) => void) => {
  const tellTrouble = tellTroubleOnce(output, speak)
  return (job) => {
    if (!isUnderWay(job)) return // printed as the outcome
    tellTrouble(job)
    const { step, percent } = stepOf(job, speak)
    output.progress(step, percent)
  }
}

/** The same for several jobs, each with its id; in a terminal all in one line. */
export const showSeveral = (output: Output, speak: Speak): ((job: Job) => void) => {
  const tellTrouble = tellTroubleOnce(output, speak)
  const unfinished = new Map<string, Step>()
  return (job) => {
    const id = shortId(job.id)
    if (!isUnderWay(job)) unfinished.delete(id)
    else {
      tellTrouble(job)
      const now = stepOf(job, speak)
      unfinished.set(id, now)
      if (!output.isTerminal) output.progress(now.step, now.percent, id)
    }
    if (output.isTerminal && unfinished.size > 0) output.progress(together(unfinished, speak))
  }
}

interface Step {
  step: string
  /** '' where unknown. */
  percent: string
}

const stepOf = ({ state, progress }: Job, speak: Speak): Step => ({
  step: speak(state === 'uncertain' ? 'cli.looking' : `state.${state}`),
  percent: progress === null ? '' : `${Math.round(progress * 100)} %`,
})

/** All jobs in one line: a single one with its id, several counted by step. */
const together = (unfinished: ReadonlyMap<string, Step>, speak: Speak): string => {
  const [[id, only] = ['', null]] = unfinished
  if (unfinished.size === 1 && only) return [id, '', only.step, only.percent].join(' ').trimEnd()
  const byStep = Map.groupBy(unfinished.values(), ({ step }) => step)
  const steps = [...byStep].map(([step, { length, 0: first }]) =>
    length > 1 ? `${length} × ${step}` : [step, first?.percent].filter(Boolean).join(' '),
  )
  return speak('cli.on_the_way', { count: unfinished.size, steps: steps.join(', ') })
}

/** Milliseconds after which a reason that has come back is printed again; doubles each time. */
const quietAtFirst = 10 * 60_000

/**
 * Prints why a job waits or is uncertain, once for each reason. A reason that comes and goes, as in a long outage, is
 * printed again at rising intervals.
 */
const tellTroubleOnce = (output: Output, speak: Speak): ((job: Job) => void) => {
  const current = new Map<string, string | null>()
  const told = new Map<string, { at: number; quiet: number }>()
  const sentenceOf = ({ id, state, trouble }: Job): string | null => {
    if (state === 'uncertain') return speak('cli.looks_up', { id: shortId(id) })
    if (trouble === null) return null
    const reason = speak(trouble.key, trouble.values)
    return speak('cli.trouble', { id: shortId(id), reason })
  }
  return (job) => {
    const why = job.state === 'uncertain' ? job.state : (job.trouble?.key ?? null)
    const isNew = current.get(job.id) !== why
    current.set(job.id, why)
    const sentence = isNew ? sentenceOf(job) : null
    if (sentence === null) return
    const subject = `${job.id} ${job.state} ${why}`
    const last = told.get(subject)
    if (last && job.updatedAt < last.at + last.quiet) return
    told.set(subject, { at: job.updatedAt, quiet: last ? last.quiet * 2 : quietAtFirst })
    output.notice(sentence)
  }
}
