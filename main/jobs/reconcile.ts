import type { ListedTask } from '../providers/provider'

/** What a provider's list says of a create whose answer was lost. */
export type Reconciliation =
  | { kind: 'adopt'; taskId: string }
  /** Nothing yet; the list may be late. */
  | { kind: 'wait' }
  | { kind: 'not-created' }
  /** More than one it could be, or one that no job of ours explains: a person must decide. */
  | { kind: 'several' }

export interface ReconcileQuestion {
  listed: readonly ListedTask[]
  /** Tasks that other jobs of ours own. */
  known: ReadonlySet<string>
  /** When the create went out, and now; ms since the epoch. */
  submittedAt: number
  now: number
  /** Another job of ours whose answer was lost at about the same time. */
  rival: boolean
  /** Milliseconds after which a list that shows nothing is believed. */
  trust: number
}

/** Milliseconds by which the provider's clock and ours may differ, and that a create may take. */
export const clockSkew = 2 * 60_000
const createTime = 5 * 60_000

/** Decides by the tasks that began at about the right time and belong to no job of ours. */
export const reconcile = (question: ReconcileQuestion): Reconciliation => {
  const { listed, known, submittedAt, now, rival, trust } = question
  const strangers = listed.filter((task) => !known.has(task.taskId))
  const candidates = strangers.filter(
    ({ createdAt }) =>
      createdAt === null ||
      (createdAt >= submittedAt - clockSkew && createdAt <= submittedAt + createTime + clockSkew),
  )
  const [first] = candidates
  if (!first) {
    if (now - submittedAt < trust) return { kind: 'wait' }
    // A clock that is wrong by more than the allowance puts our own task elsewhere in the list.
    return strangers.length === 0 ? { kind: 'not-created' } : { kind: 'several' }
  }
  return candidates.length === 1 && !rival
    ? { kind: 'adopt', taskId: first.taskId }
    : { kind: 'several' }
}

/** Whether two creates were so close that a task in the list could belong to either. */
export const areRivals = (one: number, other: number): boolean =>
  Math.abs(one - other) <= createTime + 2 * clockSkew
