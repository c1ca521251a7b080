import type { Draft } from '../../preload/contract'

/** What undo brings back. Texts are not among them: their fields have an undo of their own. */
const undoable = [
  'selection',
  'moreSelections',
  'fixes',
  'imageIds',
  'options',
  'provider',
] as const satisfies readonly (keyof Draft)[]

/** Changes that undo also brings back when a whole batch was changed at once. */
const texts = ['prompt', 'negativePrompt'] as const satisfies readonly (keyof Draft)[]

/** Members of a draft as they were. */
export type Memory = Partial<Draft>

export interface History {
  past: readonly Memory[]
  future: readonly Memory[]
  /** The members that the last step changed, and when (ms): further changes of the same soon after are one step. */
  last: { members: string; at: number } | null
}

export const noHistory: History = { past: [], future: [], last: null }

/** Steps that are kept. */
const most = 100
/**
 * Milliseconds within which changes of the same members are one step: while a colour is dragged or a seed typed; of a
 * selection only while a key repeats.
 */
const together = (members: string) => (members === 'selection' ? 120 : 700)

const isEqual = (a: unknown, b: unknown) => a === b || JSON.stringify(a) === JSON.stringify(b)

/** The members in which two drafts differ, as the first one has them. */
const difference = (before: Draft, after: Draft, members: readonly (keyof Draft)[]): Memory =>
  Object.fromEntries(
    members
      .filter((name) => !isEqual(before[name], after[name]))
      .map((name) => [name, before[name]]),
  )

/** The history after a change at `now`; as it was for changes that undo does not bring back. */
export const withStep = (
  history: History,
  before: Draft,
  after: Draft,
  now: number,
  batch = false,
): History => {
  const memory = difference(before, after, batch ? [...undoable, ...texts] : undoable)
  const members = Object.keys(memory).join()
  if (members === '') return history
  const { last, past } = history
  if (last && last.members === members && now - last.at < together(members) && !batch)
    return { past, future: [], last: { members, at: now } }
  return { past: [...past, memory].slice(-most), future: [], last: { members, at: now } }
}

const membersOf = (memory: Memory) => Object.keys(memory) as (keyof Draft)[]

/** The draft and its history one step back; null when there is none. */
export const undone = (
  history: History,
  draft: Draft,
): { draft: Draft; history: History } | null => {
  const memory = history.past.at(-1)
  if (!memory) return null
  const after = { ...draft, ...memory }
  const ahead = difference(draft, after, membersOf(memory))
  return {
    draft: after,
    history: { past: history.past.slice(0, -1), future: [...history.future, ahead], last: null },
  }
}

/** The draft and its history one step on again; null when there is none. */
export const redone = (
  history: History,
  draft: Draft,
): { draft: Draft; history: History } | null => {
  const memory = history.future.at(-1)
  if (!memory) return null
  const after = { ...draft, ...memory }
  const behind = difference(draft, after, membersOf(memory))
  return {
    draft: after,
    history: { past: [...history.past, behind], future: history.future.slice(0, -1), last: null },
  }
}
