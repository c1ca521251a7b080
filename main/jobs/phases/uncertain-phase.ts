import type { Estimate } from '../../../preload/contract'
import { type Provider, ProviderError, type TaskList } from '../../providers/provider'
import type { Drive, Phase } from '../drive'
import { localFailure } from '../failures'
import { type FoundTask, isInTime, type LostCreate, reconcile } from '../reconcile'
import { expiryOf, hasExpired, type JobRecord } from '../record'
import { retryRules } from '../retry'
import { askTask } from './poll-phase'

/** Looks for the task of a lost create in the provider's list, or leaves the decision to the person. Never sends again. */
export const uncertainPhase: Phase = async (job, drive) => {
  const { providers, clock, store, timing } = drive.ports
  const lost = lostCreateOf(job)
  let provider: Provider
  let list: TaskList
  let tasks: FoundTask[]
  try {
    provider = await providers.get(job.provider)
    if (!provider.list) {
      drive.change({ patch: { askPerson: true }, note: { reason: 'no list' } })
      return
    }
    list = await provider.list(job.spec.mode, { signal: drive.stop })
    tasks = await askAbout(list, lost, provider, drive)
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    await afterError(error, lost.submittedAt, drive)
    return
  }
  const expiresAt = expiryOf(lost.submittedAt, provider.row.retention)
  const outcome = reconcile({
    lost,
    rivals: store
      .list()
      .filter((other) => isRival(other, job))
      .map(lostCreateOf),
    tasks,
    // Providers do not list tasks that have expired.
    isComplete: list.isComplete && !hasExpired(expiresAt, clock.now()),
    ahead: aheadOf(list, drive),
    tellsPrompt: provider.tellsPrompt ?? false,
    now: clock.now(),
    trust: timing.listTrust,
  })
  const note = { listed: list.tasks.length, possible: tasks.length, outcome: outcome.kind }
  switch (outcome.kind) {
    case 'wait':
      await drive.pause(waitFor(clock.now() - lost.submittedAt, timing.listTrust))
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

/** Milliseconds by which the provider's clock is ahead of ours; 0 where it does not tell its time. */
const aheadOf = ({ now }: TaskList, { ports }: Drive): number =>
  now === null ? 0 : now - ports.clock.now()

const lostCreateOf = ({ id, submittedAt, createdAt, requestId, spec }: JobRecord): LostCreate => {
  const { prompt, negativePrompt, options, files, mode, estimate } = spec
  return {
    id,
    submittedAt: submittedAt ?? createdAt,
    requestId,
    prompt,
    cost: estimate && costOf(estimate),
    request: JSON.stringify([mode, prompt, negativePrompt, options, files]),
  }
}

/** What a bill for this estimate may say, in the unit in which the service counts. */
const costOf = ({ also, currency, amount, amountUpTo = amount }: Estimate): LostCreate['cost'] => {
  const unit = also
    ? { currency: also.currency, rate: also.amount / amount }
    : { currency, rate: 1 }
  // Services round seconds and amounts in their own ways.
  return {
    currency: unit.currency,
    from: amount * unit.rate * 0.95,
    to: amountUpTo * unit.rate * 1.05,
  }
}

/**
 * Whether another job may have made a task that is listed: its answer was lost too, and nobody said that it did not
 * arrive. One that the person gave up may have arrived as well.
 */
const isRival = (other: JobRecord, job: JobRecord): boolean =>
  other.id !== job.id &&
  other.provider === job.provider &&
  other.taskId === null &&
  (other.state === 'submitting' ||
    other.state === 'uncertain' ||
    (other.state === 'cancelled' && other.phases.some(({ state }) => state === 'uncertain')))

/** Most tasks that are queried. */
const mostQueried = 20

/** The listed tasks that no other job of this home has, with what the provider says about those nearest in time. */
const askAbout = async (
  list: TaskList,
  lost: LostCreate,
  provider: Provider,
  drive: Drive,
): Promise<FoundTask[]> => {
  const known = drive.ports.store.taskIds()
  const ahead = aheadOf(list, drive)
  const tasks = list.tasks
    .filter(({ taskId }) => !known.has(taskId))
    .toSorted((a, b) => Number(isInTime(lost, b, ahead)) - Number(isInTime(lost, a, ahead)))
  const found: FoundTask[] = []
  for (const [index, task] of tasks.entries()) {
    const answer = index < mostQueried ? await askTask(task.taskId, provider, drive) : null
    found.push({ ...task, answer })
  }
  return found
}

/** Milliseconds between two looks at the list: rising, while the end of a task must tell whose it is. */
const waitFor = (elapsed: number, trust: number): number =>
  elapsed < trust
    ? Math.min(listInterval, trust - elapsed)
    : Math.min(Math.max(listInterval, elapsed / 10), 5 * 60_000)

const listInterval = 15_000

const afterError = async (
  error: ProviderError,
  submittedAt: number,
  drive: Drive,
): Promise<void> => {
  const { clock, timing } = drive.ports
  const { setbacks } = drive
  const delay = drive.nextTry(retryRules.query, error)
  const askedTwice = setbacks.passing + setbacks.lasting > 1 || setbacks.offlineAt !== null
  const isTooLate = clock.now() - submittedAt > timing.listPatience && askedTwice
  if (delay === null || isTooLate) {
    drive.change({ patch: { askPerson: true }, note: { reason: 'no answer to list' } })
    return
  }
  await drive.pause(delay)
}
