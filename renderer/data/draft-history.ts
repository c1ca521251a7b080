import type { Draft, DraftSource } from '../../preload/contract'

/** A draft with the members of its source beside its own. */
type Flat = Omit<Draft, 'source'> & DraftSource

/** The members that undo restores. Texts are not among them: text fields have their own undo. */
const undoable = [
  'selection',
  'moreSelections',
  'fixes',
  'imageIds',
  'options',
  'provider',
] as const satisfies readonly (keyof Flat)[]

/** Members that undo also restores after a change to a whole batch. */
const texts = ['prompt', 'negativePrompt'] as const satisfies readonly (keyof Flat)[]

/** Earlier values of some members of a draft. */
type Memory = Partial<Flat>

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
const difference = (before: Draft, after: Draft, members: readonly (keyof Flat)[]): Memory => {
  const one: Flat = { ...before, ...before.source }
  const other: Flat = { ...after, ...after.source }
  return Object.fromEntries(
    members.filter((name) => !isEqual(one[name], other[name])).map((name) => [name, one[name]]),
  )
}

/** The draft with the remembered members. */
const restored = (draft: Draft, memory: Memory): Draft => {
  const { own = [], source = [] } = Object.groupBy(Object.entries(memory), ([name]) =>
    name in draft.source ? 'source' : 'own',
  )
  return {
    ...draft,
    ...Object.fromEntries(own),
    source: { ...draft.source, ...Object.fromEntries(source) },
  }
}

/** Whether remedies were chosen or taken back: a choice is a step of its own, however soon another change follows. */
const isChoice = ({ fixes: before }: Draft, { fixes: after }: Draft): boolean =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].some(
    (id) => !isEqual(before[id]?.remedies ?? [], after[id]?.remedies ?? []),
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
  const here = isChoice(before, after) ? null : { members, at: now }
  if (here && last?.members === members && now - last.at < joinWithin(members) && !batch)
    return { past, future: [], last: here }
  return { past: [...past, memory].slice(-maxSteps), future: [], last: here }
}

/** Restores the last memory on one side, and remembers on the other side what it replaces. */
const travel =
  (from: 'past' | 'future', to: 'past' | 'future') =>
  (history: History, draft: Draft): { draft: Draft; history: History } | null => {
    const memory = history[from].at(-1)
    if (!memory) return null
    const after = restored(draft, memory)
    const replaced = difference(draft, after, Object.keys(memory) as (keyof Flat)[])
    const sides = { [from]: history[from].slice(0, -1), [to]: [...history[to], replaced] }
    return { draft: after, history: { ...history, ...sides, last: null } }
  }

/** The draft and its history after an undo; null when there is nothing to undo. */
export const undone = travel('past', 'future')

/** The draft and its history after a redo; null when there is nothing to redo. */
export const redone = travel('future', 'past')
