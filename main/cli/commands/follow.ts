import type { Job } from '../../../preload/contract'
import type { Jobs } from '../../jobs/jobs'
import type { Output } from '../output'
import { hasEnded, shortId } from '../words/job-words'
import type { Speak } from '../words/words'

/** Resolves when the job is as far as asked; rejects with an AbortError when the person stops. */
export const follow = async (
  jobs: Jobs,
  id: string,
  isThere: (job: Job) => boolean,
  signal: AbortSignal,
  onNews: (job: Job) => void,
): Promise<Job> => {
  signal.throwIfAborted()
  const { promise, resolve, reject } = Promise.withResolvers<Job>()
  const look = (job: Job | null): void => {
    if (job?.id !== id) return
    onNews(job)
    if (isThere(job)) resolve(job)
  }
  const forget = jobs.onChange(look)
  const onStop = () => reject(signal.reason)
  signal.addEventListener('abort', onStop, { once: true })
  try {
    look(jobs.get(id))
    return await promise
  } finally {
    forget()
    signal.removeEventListener('abort', onStop)
  }
}

/** Shows where the job is, and once each time it has to wait, why and how to leave. */
export const showProgress = (output: Output, speak: Speak): ((job: Job) => void) => {
  const tellTrouble = tellTroubleOnce(output, speak)
  return (job) => {
    if (hasEnded(job)) return // told as an outcome
    tellTrouble(job)
    const { step, percent } = stepOf(job, speak)
    output.progress(step, percent)
  }
}

/** The same for all that are on their way, each under its id; at a terminal together in one line. */
export const showSeveral = (output: Output, speak: Speak): ((job: Job) => void) => {
  const tellTrouble = tellTroubleOnce(output, speak)
  const onTheWay = new Map<string, Step>()
  return (job) => {
    const id = shortId(job.id)
    if (hasEnded(job) && !job.looking) onTheWay.delete(id)
    else {
      tellTrouble(job)
      const now = stepOf(job, speak)
      onTheWay.set(id, now)
      if (!output.isTerminal) output.progress(now.step, now.percent, id)
    }
    if (output.isTerminal && onTheWay.size > 0) output.progress(together(onTheWay, speak))
  }
}

interface Step {
  step: string
  /** Empty where it cannot be told. */
  percent: string
}

const stepOf = ({ state, progress }: Job, speak: Speak): Step => ({
  step: speak(state === 'uncertain' ? 'cli.looking' : `state.${state}`),
  percent: progress === null ? '' : `${Math.round(progress * 100)} %`,
})

/** All of them in one line that stays short: the one under its id, several by their steps. */
const together = (onTheWay: ReadonlyMap<string, Step>, speak: Speak): string => {
  const [[id, only] = ['', null]] = onTheWay
  if (onTheWay.size === 1 && only) return [id, '', only.step, only.percent].join(' ').trimEnd()
  const byStep = Map.groupBy(onTheWay.values(), ({ step }) => step)
  const steps = [...byStep].map(([step, { length, 0: first }]) =>
    length > 1 ? `${length} × ${step}` : [step, first?.percent].filter(Boolean).join(' '),
  )
  return speak('cli.on_the_way', { count: onTheWay.size, steps: steps.join(', ') })
}

/** What a person should know of a job that does not go on as usual; said again when the reason is another. */
const tellTroubleOnce = (output: Output, speak: Speak): ((job: Job) => void) => {
  const told = new Map<string, string | null>()
  const sentenceOf = ({ id, state, trouble }: Job): string | null => {
    if (state === 'uncertain') return speak('cli.looks_up', { id: shortId(id) })
    if (trouble === null) return null
    const reason = speak(trouble.key, trouble.values)
    return speak('cli.trouble', { id: shortId(id), reason })
  }
  return (job) => {
    const why = job.state === 'uncertain' ? job.state : (job.trouble?.key ?? null)
    const sentence = told.get(job.id) === why ? null : sentenceOf(job)
    told.set(job.id, why)
    if (sentence !== null) output.notice(sentence)
  }
}
