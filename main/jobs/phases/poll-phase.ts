import { modeRow } from '../../../preload/contract'
import { billedFrom } from '../../providers/prices'
import { type Provider, ProviderError, type TaskStatus } from '../../providers/provider'
import type { Drive, Phase } from '../drive'
import { goneFailure, localFailure, PhaseFailedError } from '../failures'
import { isOfAnotherPrompt } from '../reconcile'
import { hasExpired, type JobRecord } from '../record'
import { answersBeforeGivingUp, firstPoll, nextPoll, retryRules } from '../retry'

/** Queries the task until it ends. After its expiry: once more, then the job expires. */
export const pollPhase: Phase = async (job, drive) => {
  const { taskId } = job
  if (taskId === null) throw new PhaseFailedError(goneFailure('unknownTask', 'try-again'))
  const { clock, providers, random } = drive.ports
  let provider: Provider
  let answer: TaskStatus
  try {
    provider = await providers.get(job.provider)
    if (await hasWaitedForFirst(job, provider, drive)) return
    answer = await provider.query(taskId, { signal: drive.stop })
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    await afterError(job, error, drive)
    return
  }
  drive.setbacks.failures = 0
  drive.trouble(null)
  if (answer.status === 'unknown' && !hasExpired(job.expiresAt, clock.now())) {
    drive.setbacks.unknown++
    if (drive.setbacks.unknown >= answersBeforeGivingUp.unknownTask)
      throw new PhaseFailedError(goneFailure('lostTrack', 'try-again'))
  } else drive.setbacks.unknown = 0
  if (apply(answer, job, provider, drive)) return
  await drive.pause(nextPoll(provider.row.polling, random()))
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
  const expired = hasExpired(job.expiresAt, drive.ports.clock.now())
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
      if (expired) return expire(drive, job)
      if (job.state === 'pending') drive.change({ to: 'running', patch })
      drive.progress(answer.progress)
      return false
    case 'pending':
      if (expired) return expire(drive, job)
      drive.progress(answer.progress)
      return false
    case 'unknown':
      return expired ? expire(drive, job) : false
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
  const life = (job.expiresAt ?? 0) - (job.submittedAt ?? 0)
  const hours = Math.max(1, Math.round(life / 3_600_000))
  drive.change({
    to: 'expired',
    patch: { failure: goneFailure('expired', 'try-again', { hours }) },
  })
  return true
}

const afterError = async (job: JobRecord, error: ProviderError, drive: Drive): Promise<void> => {
  if (hasExpired(job.expiresAt, drive.ports.clock.now())) {
    expire(drive, job)
    return
  }
  // The task continues at the provider; a retry queries it again.
  if (!(await drive.retry(retryRules.query, error, queryBackoff)))
    throw new PhaseFailedError(error.failure, { cause: error })
}

/** Milliseconds. */
const queryBackoff = 2_000
