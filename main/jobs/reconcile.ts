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

export interface ReconcileQuestion {
  listed: readonly ListedTask[]
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

/** Milliseconds by which the provider's clock may differ, and that a create may take. */
export const clockSkew = 2 * 60_000
const createTime = 5 * 60_000

type Window = Pick<ReconcileQuestion, 'listed' | 'known' | 'foreign' | 'submittedAt'>

/** Tasks of unclear origin. */
const unexplainedIn = ({ listed, known, foreign }: Window): ListedTask[] =>
  listed.filter(({ taskId }) => !known.has(taskId) && !foreign.has(taskId))

/** Those of them that were created at about the right time. */
export const candidatesIn = (window: Window): ListedTask[] =>
  unexplainedIn(window).filter(
    ({ createdAt }) =>
      createdAt === null ||
      (createdAt >= window.submittedAt - clockSkew &&
        createdAt <= window.submittedAt + createTime + clockSkew),
  )

/** Finds the task of a create whose answer was lost. */
export const reconcile = (question: ReconcileQuestion): Reconciliation => {
  const { submittedAt, now, rival, trust, requestId } = question
  const candidates = candidatesIn(question)
  const named = candidates.find((task) => requestId !== null && task.requestId === requestId)
  if (named) return { kind: 'adopt', taskId: named.taskId }
  const [first] = candidates
  if (!first) {
    if (now - submittedAt < trust) return { kind: 'wait' }
    // If a clock is wrong by more than `clockSkew`, our task appears at another time.
    return unexplainedIn(question).length === 0 ? { kind: 'not-created' } : { kind: 'several' }
  }
  return candidates.length === 1 && !rival
    ? { kind: 'adopt', taskId: first.taskId }
    : { kind: 'several' }
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
