import { type ListedTask, type Provider, ProviderError } from '../../providers/provider'
import type { Drive, Phase } from '../drive'
import { expiryOf } from '../expiry'
import { localFailure } from '../job-failures'
import type { JobRecord } from '../job-record'
import { attempts, delayAfterFailure, offlineDelay, setbackOf } from '../polling'
import { areRivals, candidatesIn, clockSkew, isOfAnotherPrompt, reconcile } from '../reconcile'

/** Settles a lost answer by the provider's own list, or leaves it to the person. Never sends again. */
export const uncertainPhase: Phase = async (job, drive) => {
  const { providers, clock, store, timing } = drive.ports
  const submittedAt = job.submittedAt ?? job.createdAt
  let listed: ListedTask[]
  let retention: number
  let isComplete: boolean
  let foreign: Set<string>
  const known = store.taskIds()
  try {
    const provider = await providers.get(job.provider)
    if (!provider.list) {
      drive.change({ patch: { askPerson: true }, note: { reason: 'no list' } })
      return
    }
    retention = provider.row.retention
    isComplete = provider.listIsComplete ?? true
    listed = await provider.list(submittedAt - clockSkew, { signal: drive.stop })
    const window = { listed, known, foreign: new Set<string>(), submittedAt }
    foreign = await foreignOf(candidatesIn(window), job, provider, drive)
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    await afterError(error, submittedAt, drive)
    return
  }
  const others = store
    .unfinished()
    .filter((other) => other.id !== job.id && other.provider === job.provider)
  const outcome = reconcile({
    listed,
    known,
    foreign,
    requestId: job.requestId,
    submittedAt,
    now: clock.now(),
    rival: others.some((other) => isRival(other, submittedAt)),
    trust: timing.listTrust,
  })
  const note = { listed: listed.length, foreign: foreign.size, outcome: outcome.kind }
  switch (outcome.kind) {
    case 'wait':
      await drive.pause(Math.min(waitBetweenLooks, submittedAt + timing.listTrust - clock.now()))
      return
    case 'adopt': {
      const { taskId } = outcome
      const expiresAt = expiryOf(submittedAt, retention)
      drive.change({
        to: 'pending',
        patch: { taskId, expiresAt, failure: null },
        note: { ...note, taskId },
      })
      return
    }
    case 'not-created':
      if (!isComplete) {
        drive.change({
          patch: { askPerson: true },
          note: { ...note, reason: 'list proves nothing' },
        })
        return
      }
      drive.change({
        to: 'failed',
        patch: { failure: localFailure('notCreated', 'try-again') },
        note,
      })
      return
    case 'several':
      drive.change({
        patch: { askPerson: true, failure: localFailure('uncertainSeveral', 'none') },
        note,
      })
  }
}

/** Candidates that are asked about at most. */
const askedAbout = 5

/**
 * Candidates that another computer of the same account created, by what they say their prompt was. One that says
 * nothing yet may be ours; once it has succeeded it says so, and is judged again.
 */
const foreignOf = async (
  candidates: readonly ListedTask[],
  job: JobRecord,
  provider: Provider,
  drive: Drive,
): Promise<Set<string>> => {
  const foreign = new Set<string>()
  if (!provider.tellsPrompt) return foreign
  for (const { taskId } of candidates.slice(0, askedAbout)) {
    const answer = await provider.query(taskId, { signal: drive.stop })
    if (answer.status === 'succeeded' && isOfAnotherPrompt(job.spec.prompt, answer.prompt))
      foreign.add(taskId)
  }
  return foreign
}

/** Milliseconds. */
const waitBetweenLooks = 15_000

const isRival = (other: JobRecord, submittedAt: number): boolean =>
  other.taskId === null &&
  (other.state === 'uncertain' || other.state === 'submitting') &&
  areRivals(other.submittedAt ?? other.createdAt, submittedAt)

const afterError = async (
  error: ProviderError,
  submittedAt: number,
  drive: Drive,
): Promise<void> => {
  const { clock, random, timing } = drive.ports
  const setback = setbackOf(error)
  const { setbacks } = drive
  setbacks.failures++
  const outOfPatience = clock.now() - submittedAt > timing.listPatience && setbacks.failures > 1
  if (outOfPatience || (setback === 'lasting' && setbacks.failures >= attempts.lastingQuery)) {
    drive.change({ patch: { askPerson: true }, note: { reason: 'no answer to list' } })
    return
  }
  await drive.pause(
    setback === 'offline'
      ? offlineDelay(random())
      : delayAfterFailure(timing.backoff, setbacks.failures, error.retryAfter, random()),
  )
}
