import type { Job } from '../../preload/contract'
import type { Jobs } from '../jobs/jobs'
import { hasEnded, shortId } from './job-words'
import type { Output } from './output'
import type { Speak } from './words'

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

/** Shows where each job is, under its id when there may be several, and once each time it has to wait, why and how to leave. */
export const showProgress = (
  output: Output,
  speak: Speak,
  several = false,
): ((job: Job) => void) => {
  const troubles = new Map<string, string | null>()
  return (job) => {
    if (hasEnded(job)) return // told as an outcome
    const { id, trouble } = job
    const isNews = trouble !== null && troubles.get(id) !== trouble.key
    troubles.set(id, trouble?.key ?? null)
    if (isNews) {
      const reason = speak(trouble.key, trouble.values)
      output.notice(speak('cli.trouble', { id: shortId(id), reason }))
    }
    const percent = job.progress === null ? '' : `${Math.round(job.progress * 100)} %`
    output.progress(speak(`state.${job.state}`), percent, several ? shortId(id) : '')
  }
}
