import { type Failure, modeRow } from '../../../preload/contract'
import { billedFrom } from '../../providers/prices'
import { type Provider, ProviderError, type TaskStatus } from '../../providers/provider'
import type { Drive, Phase } from '../drive'
import { goneFailure, localFailure, PhaseFailedError } from '../failures'
import { isOfAnotherPrompt } from '../reconcile'
import { hasExpired, type JobRecord, mayBeKept } from '../record'
import { callSucceeded, firstPoll, nextPoll, retryRules, setbackOf, visibleWithin } from '../retry'

/** Queries the task until it ends. Only the provider can say that it has expired: the clock may be wrong. */
export const pollPhase: Phase = async (job, drive) => {
  const { taskId } = job
  if (taskId === null) throw new PhaseFailedError(goneFailure('unknownTask', 'try-again'))
  const { clock, providers, random } = drive.ports
  let provider: Provider
  let answer: TaskStatus
  let askedAt: number
  try {
    provider = await providers.get(job.provider)
    if (await hasWaitedForFirst(job, provider, drive)) return
    askedAt = clock.now()
    answer = await askTask(taskId, provider, drive)
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    await afterError(job, error, drive)
    return
  }
  callSucceeded(drive.setbacks)
  if (apply(answer, job, provider, drive)) return
  const doubt = doubtOf(answer, job, askedAt)
  if (doubt) {
    await drive.hold(doubt)
    return
  }
  drive.trouble(answer.status === 'unknown' ? { key: 'job.notVisibleYet', values: {} } : null)
  await drive.pause(nextPoll(provider.row.polling, random()))
}

/** The status of a task; an answer that there is no such task counts as 'unknown'. */
export const askTask = async (
  taskId: string,
  provider: Provider,
  drive: Drive,
): Promise<TaskStatus> => {
  try {
    return await provider.query(taskId, { signal: drive.stop })
  } catch (error) {
    if (!(error instanceof ProviderError) || error.failure.kind !== 'gone') throw error
    const { code = null, requestId = null } = error.failure.provider ?? {}
    return { status: 'unknown', word: code ?? '', requestId }
  }
}

/** Why an answer cannot be relied on, although the task may still succeed; null where it can. */
const doubtOf = ({ status }: TaskStatus, job: JobRecord, now: number): Failure | null => {
  if (status === 'unknown')
    return now - (job.submittedAt ?? 0) > visibleWithin
      ? goneFailure('lostTrack', 'try-again')
      : null
  return hasExpired(job.expiresAt, now)
    ? localFailure('overdue', 'contact-provider', { hours: hoursKept(job) })
    : null
}

/** Waits before the first query of a new task; a resumed task is queried at once. */
const hasWaitedForFirst = async (
  job: JobRecord,
  provider: Provider,
  drive: Drive,
): Promise<boolean> => {
  const { polling } = provider.row
  const due = (job.submittedAt ?? 0) + firstPoll(polling, drive.ports.random())
  const wait = due - drive.ports.clock.now()
  if (job.state !== 'pending' || wait <= 0 || wait > polling.first * 2) return false
  await drive.pause(wait)
  return true
}

/** Records the state of the task; true when the state of the job has changed. */
const apply = (answer: TaskStatus, job: JobRecord, provider: Provider, drive: Drive): boolean => {
  const patch = { requestId: answer.requestId ?? job.requestId }
  switch (answer.status) {
    case 'succeeded': {
      if (isAdoptedInError(job, answer.prompt)) return dropTask(drive)
      const billed = billedFrom(
        modeRow(provider.row, job.spec.mode),
        answer.usage,
        job.spec.options,
      )
      const result = { ...patch, resultUrl: answer.resultUrl, billed, failure: null }
      drive.change({ to: 'downloading', patch: result })
      return true
    }
    case 'failed':
      drive.change({ to: 'failed', patch: { ...patch, failure: answer.failure, taskOver: true } })
      return true
    case 'cancelled':
      drive.change({ to: 'cancelled', patch: { ...patch, taskOver: true } })
      return true
    case 'running':
      if (job.state === 'pending') drive.change({ to: 'running', patch })
      drive.progress(answer.progress)
      return false
    case 'pending':
      drive.progress(answer.progress)
      return false
    case 'unknown':
      return hasExpired(job.expiresAt, drive.ports.clock.now()) && expire(drive, job)
  }
}

/** Whether a task from the provider's list turns out to belong to another computer. */
const isAdoptedInError = (job: JobRecord, prompt: string | null | undefined): boolean =>
  job.sent === null && isOfAnotherPrompt(job.spec.prompt, prompt)

/** Drops another computer's task; the search for our own starts again. */
const dropTask = (drive: Drive): true => {
  drive.change({
    to: 'uncertain',
    patch: {
      taskId: null,
      requestId: null,
      expiresAt: null,
      failure: localFailure('uncertain', 'none'),
    },
    note: { reason: 'the task is of another prompt' },
  })
  return true
}

/** Ends the job because the provider has deleted its result. */
export const expire = (drive: Drive, job: JobRecord): true => {
  const hours = hoursKept(job)
  drive.change({
    to: 'expired',
    patch: { failure: goneFailure('expired', 'try-again', { hours }) },
  })
  return true
}

const hoursKept = ({ expiresAt, submittedAt }: JobRecord): number =>
  Math.max(1, Math.round(((expiresAt ?? 0) - (submittedAt ?? 0)) / 3_600_000))

const afterError = async (job: JobRecord, error: ProviderError, drive: Drive): Promise<void> => {
  // Without an answer only the clock says so, which may be wrong, and the network may not be there yet.
  if (setbackOf(error) !== 'offline' && !mayBeKept(job, drive.ports.clock.now())) {
    expire(drive, job)
    return
  }
  if (!(await drive.retry(retryRules.query, error, queryBackoff)))
    throw new PhaseFailedError(error.failure, { cause: error })
}

/** Milliseconds. */
const queryBackoff = 2_000
