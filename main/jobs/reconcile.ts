import { wan27 } from '../../preload/contract/wan27'
import type { ListedTask } from '../providers/provider'

/** What the provider's task list shows about a create whose answer was lost. */
export type Reconciliation =
  | { kind: 'adopt'; taskId: string }
  /** No task yet; the list may be late. */
  | { kind: 'wait' }
  | { kind: 'not-created' }
  /** Several possible tasks, or one of unclear origin: the person must decide. */
  | { kind: 'several' }
  /** No task, but that proves nothing: the person must decide. */
  | { kind: 'unproven' }

export interface ReconcileQuestion {
  listed: readonly ListedTask[]
  /** Whether a task that is not listed does not exist. */
  isComplete: boolean
  /** Milliseconds by which the provider's clock is ahead of ours. */
  ahead: number
  /** The create's request id, if part of the answer arrived. A match is proof; a mismatch proves nothing. */
  requestId: string | null
  /** Tasks with another prompt. */
  foreign: ReadonlySet<string>
  /** Tasks of other jobs in this home. */
  known: ReadonlySet<string>
  /** When the create was sent, and now: ms since the epoch. */
  submittedAt: number
  now: number
  /** Whether another job lost its answer at about the same time. */
  rival: boolean
  /** Milliseconds after which an empty list proves that no task was created. */
  trust: number
}

/** Milliseconds by which clocks may differ unnoticed, and that a create may take. */
const clockSkew = 2 * 60_000
const createTime = 5 * 60_000

type Window = Pick<ReconcileQuestion, 'listed' | 'known' | 'foreign' | 'submittedAt' | 'ahead'>

/**
 * Tasks of unclear origin: those that were created at about the right time, and all others, of which one is ours if
 * our clock was wrong at the create and is right now.
 */
export const unexplainedIn = ({ listed, known, foreign, submittedAt, ahead }: Window) => {
  const sent = submittedAt + ahead
  const isInTime = ({ createdAt }: ListedTask) =>
    createdAt === null ||
    (createdAt >= sent - clockSkew && createdAt <= sent + createTime + clockSkew)
  const unexplained = listed.filter(({ taskId }) => !known.has(taskId) && !foreign.has(taskId))
  return {
    inTime: unexplained.filter(isInTime),
    others: unexplained.filter((task) => !isInTime(task)),
  }
}

/** Finds the task of a create whose answer was lost. */
export const reconcile = (question: ReconcileQuestion): Reconciliation => {
  const { submittedAt, now, rival, trust, requestId, isComplete } = question
  const { inTime, others } = unexplainedIn(question)
  const isNamed = (task: ListedTask) => requestId !== null && task.requestId === requestId
  const named = [...inTime, ...others].find(isNamed)
  if (named) return { kind: 'adopt', taskId: named.taskId }
  const [first] = inTime
  if (first && inTime.length === 1 && !rival) return { kind: 'adopt', taskId: first.taskId }
  if (first) return { kind: 'several' }
  const elapsed = now - submittedAt
  // Our clock was put back since the create, so it does not tell how late the list may be.
  const isPutBack = elapsed < -clockSkew
  if (elapsed < trust && !isPutBack) return { kind: 'wait' }
  if (others.length > 0) return { kind: 'several' }
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

/** Whether two creates were sent so close together that a task could belong to either. ms since the epoch. */
export const areRivals = (one: number, other: number): boolean =>
  Math.abs(one - other) <= createTime + 2 * clockSkew
