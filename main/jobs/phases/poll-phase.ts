import { modeRow } from '../../../preload/contract'
import { billedFrom } from '../../providers/prices'
import { type Provider, ProviderError, type TaskStatus } from '../../providers/provider'
import type { Drive, Phase } from '../drive'
import { hasExpired } from '../expiry'
import { goneFailure, localFailure, PhaseFailedError } from '../job-failures'
import type { JobRecord } from '../job-record'
import {
  attempts,
  delayAfterFailure,
  firstDelay,
  nextDelay,
  offlineDelay,
  setbackOf,
} from '../polling'
import { isOfAnotherPrompt } from '../reconcile'

/** Asks the provider about the task until it has ended. Past its expiry it is asked once more, no further. */
export const pollPhase: Phase = async (job, drive) => {
  const { taskId } = job
  if (taskId === null) throw new PhaseFailedError(goneFailure('unknownTask', 'try-again'))
  const { clock, providers, random } = drive.ports
  let provider: Provider
  let answer: TaskStatus
  try {
    provider = await providers.get(job.provider)
    if (await waitedForFirst(job, provider, drive)) return
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
    if (drive.setbacks.unknown >= attempts.unknownTask)
      throw new PhaseFailedError(goneFailure('lostTrack', 'try-again'))
  } else drive.setbacks.unknown = 0
  if (take(answer, job, provider, drive)) return
  await drive.pause(nextDelay(provider.row.polling, random()))
}

/** A task that was just created is given a moment; one that is resumed is asked about at once. */
const waitedForFirst = async (
  job: JobRecord,
  provider: Provider,
  drive: Drive,
): Promise<boolean> => {
  const { polling } = provider.row
  const due = (job.submittedAt ?? 0) + firstDelay(polling, drive.ports.random())
  const wait = due - drive.ports.clock.now()
  if (job.state !== 'pending' || wait <= 0 || wait > polling.first * 2) return false
  await drive.pause(wait)
  return true
}

/** Writes down what the provider says; whether the state has changed. */
const take = (answer: TaskStatus, job: JobRecord, provider: Provider, drive: Drive): boolean => {
  const patch = { requestId: answer.requestId ?? job.requestId }
  const expired = hasExpired(job.expiresAt, drive.ports.clock.now())
  switch (answer.status) {
    case 'succeeded': {
      if (isAdoptedInError(job, answer.prompt)) return giveBack(drive)
      const billed = billedFrom(modeRow(provider.row, 'edit'), answer.usage, job.spec.options)
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

/** Whether a task that was found in the list turns out to be another computer's: nobody saw it being created. */
const isAdoptedInError = (job: JobRecord, prompt: string | null | undefined): boolean =>
  job.sent === null && isOfAnotherPrompt(job.spec.prompt, prompt)

/** The task is left to whom it belongs; our own is looked for again. */
const giveBack = (drive: Drive): true => {
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

/** The result is gone: what the provider said of its life is known from the creation on. */
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
  const { clock, random } = drive.ports
  if (hasExpired(job.expiresAt, clock.now())) {
    expire(drive, job)
    return
  }
  const setback = setbackOf(error)
  drive.trouble(error.failure.text)
  if (setback === 'offline') {
    await drive.pause(offlineDelay(random()))
    return
  }
  drive.setbacks.failures++
  const { failures } = drive.setbacks
  // The task goes on at the provider; trying again later looks at it once more.
  if (setback === 'lasting' && failures >= attempts.lastingQuery)
    throw new PhaseFailedError(error.failure, { cause: error })
  await drive.pause(delayAfterFailure(queryBackoff, failures, error.retryAfter, random()))
}

/** Milliseconds. */
const queryBackoff = 2_000
