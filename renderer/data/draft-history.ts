import type { Draft } from '../../preload/contract'

/** The members that undo restores. Texts are not among them: text fields have their own undo. */
const undoable = [
  'selection',
  'moreSelections',
  'fixes',
  'imageIds',
  'options',
  'provider',
] as const satisfies readonly (keyof Draft)[]

/** Members that undo also restores after a change to a whole batch. */
const texts = ['prompt', 'negativePrompt'] as const satisfies readonly (keyof Draft)[]

/** Earlier values of some members of a draft. */
type Memory = Partial<Draft>

export interface History {
  past: readonly Memory[]
  future: readonly Memory[]
  /** The members that the last step changed and its time (ms): a change of the same members soon after joins it. */
  last: { members: string; at: number } | null
}

export const noHistory: History = { past: [], future: [], last: null }

/** Number of steps to keep. */
const maxSteps = 100
/**
 * Milliseconds within which changes of the same members are one step, as when a colour is dragged or a seed is typed.
 * Changes of a selection join only while a key repeats.
 */
const joinWithin = (members: string) => (members === 'selection' ? 120 : 700)

const isEqual = (a: unknown, b: unknown) => a === b || JSON.stringify(a) === JSON.stringify(b)

/** The members in which two drafts differ, with the values of the first. */
const difference = (before: Draft, after: Draft, members: readonly (keyof Draft)[]): Memory =>
  Object.fromEntries(
    members
      .filter((name) => !isEqual(before[name], after[name]))
      .map((name) => [name, before[name]]),
  )

/** The history after a change at `now` (ms); the same history for changes that undo does not restore. */
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
  if (last && last.members === members && now - last.at < joinWithin(members) && !batch)
    return { past, future: [], last: { members, at: now } }
  return { past: [...past, memory].slice(-maxSteps), future: [], last: { members, at: now } }
}

const membersOf = (memory: Memory) => Object.keys(memory) as (keyof Draft)[]

/** The draft and its history after an undo; null when there is nothing to undo. */
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

/** The draft and its history after a redo; null when there is nothing to redo. */
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
