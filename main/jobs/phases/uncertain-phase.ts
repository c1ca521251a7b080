import { type ListedTask, type Provider, ProviderError } from '../../providers/provider'
import type { Drive, Phase } from '../drive'
import { localFailure } from '../failures'
import { areRivals, candidatesIn, clockSkew, isOfAnotherPrompt, reconcile } from '../reconcile'
import { expiryOf, type JobRecord } from '../record'
import { retryRules } from '../retry'

/** Looks for the task of a lost create in the provider's list, or leaves the decision to the person. Never sends again. */
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
      await drive.pause(Math.min(listInterval, submittedAt + timing.listTrust - clock.now()))
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

/** Most candidates that are queried. */
const mostQueried = 5

/**
 * Candidates that another computer with the same account created: their prompt differs. The prompt of a task is known
 * only after it has succeeded; until then it may be ours, and `pollPhase` compares it later.
 */
const foreignOf = async (
  candidates: readonly ListedTask[],
  job: JobRecord,
  provider: Provider,
  drive: Drive,
): Promise<Set<string>> => {
  const foreign = new Set<string>()
  if (!provider.tellsPrompt) return foreign
  for (const { taskId } of candidates.slice(0, mostQueried)) {
    const answer = await provider.query(taskId, { signal: drive.stop })
    if (answer.status === 'succeeded' && isOfAnotherPrompt(job.spec.prompt, answer.prompt))
      foreign.add(taskId)
  }
  return foreign
}

/** Milliseconds between two queries of the list. */
const listInterval = 15_000

const isRival = (other: JobRecord, submittedAt: number): boolean =>
  other.taskId === null &&
  (other.state === 'uncertain' || other.state === 'submitting') &&
  areRivals(other.submittedAt ?? other.createdAt, submittedAt)

const afterError = async (
  error: ProviderError,
  submittedAt: number,
  drive: Drive,
): Promise<void> => {
  const { clock, timing } = drive.ports
  const { setbacks } = drive
  const delay = drive.nextTry(retryRules.query, error)
  const askedTwice = setbacks.failures > 1 || setbacks.offlineSince !== null
  const isTooLate = clock.now() - submittedAt > timing.listPatience && askedTwice
  if (delay === null || isTooLate) {
    drive.change({ patch: { askPerson: true }, note: { reason: 'no answer to list' } })
    return
  }
  await drive.pause(delay)
}
