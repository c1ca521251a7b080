import { wan27 } from '../../preload/contract/wan27'
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
  /** Id that the service gave the create, where a part of its answer came. It proves, its absence does not. */
  requestId: string | null
  /** Tasks that turned out to be of another prompt. */
  foreign: ReadonlySet<string>
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

type Window = Pick<ReconcileQuestion, 'listed' | 'known' | 'foreign' | 'submittedAt'>

/** Tasks that no job of ours explains. */
const strangersIn = ({ listed, known, foreign }: Window): ListedTask[] =>
  listed.filter(({ taskId }) => !known.has(taskId) && !foreign.has(taskId))

/** Of those, the ones that began at about the right time. */
export const candidatesIn = (window: Window): ListedTask[] =>
  strangersIn(window).filter(
    ({ createdAt }) =>
      createdAt === null ||
      (createdAt >= window.submittedAt - clockSkew &&
        createdAt <= window.submittedAt + createTime + clockSkew),
  )

/** Decides by the tasks that began at about the right time and belong to no job of ours. */
export const reconcile = (question: ReconcileQuestion): Reconciliation => {
  const { submittedAt, now, rival, trust, requestId } = question
  const candidates = candidatesIn(question)
  const named = candidates.find((task) => requestId !== null && task.requestId === requestId)
  if (named) return { kind: 'adopt', taskId: named.taskId }
  const [first] = candidates
  if (!first) {
    if (now - submittedAt < trust) return { kind: 'wait' }
    // A clock that is wrong by more than the allowance puts our own task elsewhere in the list.
    return strangersIn(question).length === 0 ? { kind: 'not-created' } : { kind: 'several' }
  }
  return candidates.length === 1 && !rival
    ? { kind: 'adopt', taskId: first.taskId }
    : { kind: 'several' }
}

/** Services cut off longer prompts here. Unicode code points. */
const { promptCharacters: longestPrompt } = wan27.edit.options

/**
 * A prompt's letters and digits: services may trim, escape or normalize the rest. Taking our own task for another's
 * would have a person pay for it twice.
 */
const plain = (prompt: string): string =>
  [...prompt]
    .slice(0, longestPrompt)
    .join('')
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, '')

/** Whether a task says that it was created with other words than ours; one that says nothing may be ours. */
export const isOfAnotherPrompt = (ours: string, theirs: string | null | undefined): boolean =>
  theirs !== null && theirs !== undefined && plain(ours) !== plain(theirs)

/** Whether two creates were so close that a task in the list could belong to either. */
export const areRivals = (one: number, other: number): boolean =>
  Math.abs(one - other) <= createTime + 2 * clockSkew
