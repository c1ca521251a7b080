import {
  type ListedTask,
  type Provider,
  ProviderError,
  type TaskList,
} from '../../providers/provider'
import type { Drive, Phase } from '../drive'
import { localFailure } from '../failures'
import { areRivals, isOfAnotherPrompt, reconcile, unexplainedIn } from '../reconcile'
import { expiryOf, hasExpired, type JobRecord } from '../record'
import { retryRules } from '../retry'

/** Looks for the task of a lost create in the provider's list, or leaves the decision to the person. Never sends again. */
export const uncertainPhase: Phase = async (job, drive) => {
  const { providers, clock, store, timing } = drive.ports
  const submittedAt = job.submittedAt ?? job.createdAt
  let list: TaskList
  let ahead: number
  let retention: number
  let foreign: Set<string>
  const known = store.taskIds()
  try {
    const provider = await providers.get(job.provider)
    if (!provider.list) {
      drive.change({ patch: { askPerson: true }, note: { reason: 'no list' } })
      return
    }
    retention = provider.row.retention
    list = await provider.list(job.spec.mode, { signal: drive.stop })
    ahead = list.now === null ? 0 : list.now - clock.now()
    const window = { listed: list.tasks, known, foreign: new Set<string>(), submittedAt, ahead }
    const unexplained = unexplainedIn(window)
    const tasks = [...unexplained.inTime, ...unexplained.others]
    foreign = await foreignOf(tasks, job, provider, drive)
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    await afterError(error, submittedAt, drive)
    return
  }
  const others = store
    .unfinished()
    .filter((other) => other.id !== job.id && other.provider === job.provider)
  const expiresAt = expiryOf(submittedAt, retention)
  const outcome = reconcile({
    listed: list.tasks,
    // Providers do not list tasks that have expired.
    isComplete: list.isComplete && !hasExpired(expiresAt, clock.now()),
    ahead,
    known,
    foreign,
    requestId: job.requestId,
    submittedAt,
    now: clock.now(),
    rival: others.some((other) => isRival(other, submittedAt)),
    trust: timing.listTrust,
  })
  const note = { listed: list.tasks.length, foreign: foreign.size, ahead, outcome: outcome.kind }
  switch (outcome.kind) {
    case 'wait':
      await drive.pause(Math.min(listInterval, submittedAt + timing.listTrust - clock.now()))
      return
    case 'adopt': {
      const { taskId } = outcome
      drive.change({
        to: 'pending',
        patch: { taskId, expiresAt, failure: null },
        note: { ...note, taskId },
      })
      return
    }
    case 'not-created':
      drive.change({
        to: 'failed',
        patch: { failure: localFailure('notCreated', 'try-again') },
        note,
      })
      return
    case 'unproven':
      drive.change({ patch: { askPerson: true }, note })
      return
    case 'several':
      drive.change({
        patch: { askPerson: true, failure: localFailure('uncertainSeveral', 'none') },
        note,
      })
  }
}

/** Most tasks that are queried. */
const mostQueried = 20

/**
 * Tasks that another computer with the same account created: their prompt differs. The prompt of a task is known
 * only after it has succeeded; until then it may be ours, and `pollPhase` compares it later.
 */
const foreignOf = async (
  unexplained: readonly ListedTask[],
  job: JobRecord,
  provider: Provider,
  drive: Drive,
): Promise<Set<string>> => {
  const foreign = new Set<string>()
  if (!provider.tellsPrompt) return foreign
  for (const { taskId } of unexplained.slice(0, mostQueried)) {
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
  const askedTwice = setbacks.passing + setbacks.lasting > 1 || setbacks.offlineSince !== null
  const isTooLate = clock.now() - submittedAt > timing.listPatience && askedTwice
  if (delay === null || isTooLate) {
    drive.change({ patch: { askPerson: true }, note: { reason: 'no answer to list' } })
    return
  }
  await drive.pause(delay)
}
