import { wan27 } from '../../preload/contract/wan27'
import type { ListedTask, TaskStatus } from '../providers/provider'

/** A create whose answer was lost. */
export interface LostCreate {
  id: string
  /** When it was sent: ms since the epoch, by our clock. */
  submittedAt: number
  /** Its request id, if part of the answer arrived. A match is proof; a mismatch proves nothing. */
  requestId: string | null
  prompt: string
  /** What it costs, from and to, in the provider's currency; null where unknown. */
  cost: { currency: string; from: number; to: number } | null
  /** Equal for requests that are the same: then it makes no difference which of them a task belongs to. */
  request: string
}

/** A listed task, with the provider's answer about it; null where it was not asked. */
export type FoundTask = ListedTask & { answer: TaskStatus | null }

/** What the provider's task list shows about a create whose answer was lost. */
export type Reconciliation =
  | { kind: 'adopt'; taskId: string }
  /** No task yet, or its end must tell whose it is. */
  | { kind: 'wait' }
  | { kind: 'not-created' }
  /** Several possible tasks, or one of unclear origin: the person must decide. */
  | { kind: 'several' }
  /** No task, but that proves nothing: the person must decide. */
  | { kind: 'unproven' }

export interface ReconcileQuestion {
  lost: LostCreate
  /** Other creates whose answer was lost at the same provider. */
  rivals: readonly LostCreate[]
  /** Tasks that belong to no other job of this home. */
  tasks: readonly FoundTask[]
  /** Whether a task that is not listed does not exist. */
  isComplete: boolean
  /** Milliseconds by which the provider's clock is ahead of ours. */
  ahead: number
  /** Whether a task that succeeded tells its prompt: then one adopted in error is noticed later. */
  tellsPrompt: boolean
  /** ms since the epoch. */
  now: number
  /** Milliseconds after which an empty list proves that no task was created. */
  trust: number
}

/** Milliseconds by which clocks may differ unnoticed, and that a create may take. */
const clockSkew = 2 * 60_000
const createTime = 5 * 60_000

/** Whether a task was created at about the time of a lost create. */
export const isInTime = (
  { submittedAt }: Pick<LostCreate, 'submittedAt'>,
  { createdAt }: Pick<ListedTask, 'createdAt'>,
  ahead: number,
): boolean => {
  const sent = submittedAt + ahead
  return (
    createdAt === null ||
    (createdAt >= sent - clockSkew && createdAt <= sent + createTime + clockSkew)
  )
}

/** Whether a task is that of a lost create, as far as anything but the time tells: 'open' where nothing does yet. */
const fitOf = (lost: LostCreate, { requestId, answer }: FoundTask): 'yes' | 'no' | 'open' => {
  if (lost.requestId !== null && requestId === lost.requestId) return 'yes'
  if (answer?.status !== 'succeeded') return 'open'
  if (answer.prompt != null) return isOfAnotherPrompt(lost.prompt, answer.prompt) ? 'no' : 'yes'
  const billed = answer.usage?.cost
  if (!billed || lost.cost?.currency !== billed.currency) return 'open'
  return billed.amount >= lost.cost.from && billed.amount <= lost.cost.to ? 'yes' : 'no'
}

/** Whether a task that tells nothing yet may do so later. */
const isUnderWay = ({ answer }: FoundTask): boolean =>
  answer === null || answer.status === 'pending' || answer.status === 'running'

/** Finds the task of a create whose answer was lost. Each task belongs to one job. */
export const reconcile = (question: ReconcileQuestion): Reconciliation => {
  const { lost, rivals, ahead, tellsPrompt, isComplete } = question
  const named = question.tasks.find(
    ({ requestId }) => lost.requestId !== null && requestId === lost.requestId,
  )
  if (named) return { kind: 'adopt', taskId: named.taskId }
  const tasks = question.tasks.filter((task) => fitOf(lost, task) !== 'no')
  const inTime = tasks.filter((task) => isInTime(lost, task, ahead))
  if (inTime.length === 0) return withoutTask(question, tasks.length > 0, isComplete)

  const claimantsOf = (some: readonly FoundTask[]) =>
    rivals.filter((rival) =>
      some.some((task) => isInTime(rival, task, ahead) && fitOf(rival, task) !== 'no'),
    )
  const ours = inTime.filter((task) => fitOf(lost, task) === 'yes').toSorted(byTime)
  const claimants = claimantsOf(ours)
  const alike = [lost, ...claimants].toSorted(bySubmission)
  const isCertain =
    ours.length <= alike.length && claimants.every(({ request }) => request === lost.request)
  const mine = ours[alike.indexOf(lost)]
  if (isCertain && mine) return { kind: 'adopt', taskId: mine.taskId }

  const open = inTime.filter((task) => fitOf(lost, task) === 'open')
  const [sole] = open
  if (sole && inTime.length === 1 && tellsPrompt && claimantsOf(open).length === 0)
    return { kind: 'adopt', taskId: sole.taskId }
  return { kind: open.some(isUnderWay) ? 'wait' : 'several' }
}

const byTime = (one: ListedTask, other: ListedTask): number =>
  (one.createdAt ?? 0) - (other.createdAt ?? 0)

const bySubmission = (one: LostCreate, other: LostCreate): number =>
  one.submittedAt - other.submittedAt || (one.id < other.id ? -1 : 1)

/**
 * What it means that no task was created at about the right time. One of another time is ours if our clock was wrong at
 * the create and is right now.
 */
const withoutTask = (
  { lost: { submittedAt }, now, trust }: ReconcileQuestion,
  hasOthers: boolean,
  isComplete: boolean,
): Reconciliation => {
  const elapsed = now - submittedAt
  // Our clock was put back since the create, so it does not tell how late the list may be.
  const isPutBack = elapsed < -clockSkew
  if (elapsed < trust && !isPutBack) return { kind: 'wait' }
  if (hasOthers) return { kind: 'several' }
  return isComplete && !isPutBack ? { kind: 'not-created' } : { kind: 'unproven' }
}

/** Providers cut longer prompts. Unicode code points. */
const { promptCharacters: longestPrompt } = wan27.edit.options

/**
 * Only the letters and digits of a prompt: providers may trim, escape or normalize the rest. Mistaking our own task for
 * a foreign one would make the person pay twice.
 */
const plain = (prompt: string): string =>
  [...prompt]
    .slice(0, longestPrompt)
    .join('')
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, '')

/** Whether a task has another prompt; false for a task without a prompt, because it may be ours. */
export const isOfAnotherPrompt = (ours: string, theirs: string | null | undefined): boolean =>
  theirs !== null && theirs !== undefined && plain(ours) !== plain(theirs)
