import type { Draft, ProviderId } from '../../preload/contract'
import { answered } from './answer-failure'
import { client } from './client'
import { type History, noHistory, redone, undone, withStep } from './draft-history'
import { keys } from './keys'
import { reportFailure } from './report-failure'

/** Milliseconds of quiet before a draft is written. */
const quiet = 250

/**
 * The drafts as they are on screen. The window is where they change, so it holds the truth and main keeps
 * a copy: written after a short quiet, and at once when the window loses focus, is hidden or goes away.
 */
const drafts = new Map<string, Draft>()
const unsaved = new Set<string>()
/** Those that were changed since the start. */
const changed = new Set<string>()
const listeners = new Set<() => void>()
let timer = 0

/** Grows with every change of any draft. */
let version = 0
export const draftsVersion = (): number => version

const tell = () => {
  version += 1
  for (const listener of listeners) listener()
}

/** Hundreds of drafts may be loaded at a time: they are told together. */
let toldSoon = 0
const tellSoon = () => {
  window.clearTimeout(toldSoon)
  toldSoon = window.setTimeout(tell)
}

const save = (clipId: string) => {
  const draft = drafts.get(clipId)
  unsaved.delete(clipId)
  if (!draft) return
  answered(window.reshoot.drafts.save(draft)).catch((error: unknown) => {
    // It stays unsaved, so that the next change or flush writes it again.
    unsaved.add(clipId)
    reportFailure(error)
  })
}

/** Writes everything that is not written yet. */
export const flushDrafts = (): void => {
  window.clearTimeout(timer)
  for (const clipId of [...unsaved]) save(clipId)
}

export const draftOf = (clipId: string): Draft | undefined => drafts.get(clipId)

/** Changes a draft; nothing happens for one that was never loaded. */
export const changeDraft = (clipId: string, change: (draft: Draft) => Draft): void => {
  const before = drafts.get(clipId)
  if (!before) return
  const after = change(before)
  if (after === before) return
  remember(before, after, false)
  tell()
}

/** Puts many drafts in place of what they were, as one step of each, texts included. */
export const changeDrafts = (changes: readonly Draft[]): void => {
  for (const after of changes) {
    const before = drafts.get(after.clipId)
    if (before) remember(before, after, true)
  }
  tell()
}

/** Sends drafts to another provider, as main does with those that were never loaded here. */
export const moveDrafts = (from: ProviderId, to: ProviderId): void => {
  for (const draft of drafts.values()) {
    if (draft.provider === from) put({ ...draft, provider: to })
  }
  tell()
}

const remember = (before: Draft, after: Draft, batch: boolean) => {
  const { clipId } = before
  histories.set(clipId, withStep(historyOf(clipId), before, after, Date.now(), batch))
  put(after)
}

const put = (draft: Draft) => {
  drafts.set(draft.clipId, { ...draft, updatedAt: Date.now() })
  changed.add(draft.clipId)
  unsaved.add(draft.clipId)
  window.clearTimeout(timer)
  timer = window.setTimeout(flushDrafts, quiet)
  planList()
}

/** What was done to each draft since the start, so that it can be undone. */
const histories = new Map<string, History>()

export const historyOf = (clipId: string): History => histories.get(clipId) ?? noHistory

const travel = (step: typeof undone, clipIds: readonly string[]): void => {
  for (const clipId of clipIds) {
    const draft = drafts.get(clipId)
    const arrived = draft ? step(historyOf(clipId), draft) : null
    if (!arrived) continue
    histories.set(clipId, arrived.history)
    put(arrived.draft)
  }
  tell()
}

/** Takes back the last change of each of these drafts. */
export const undoDrafts = (...clipIds: readonly string[]): void => travel(undone, clipIds)

/** Makes a change of each again that was taken back. */
export const redoDrafts = (...clipIds: readonly string[]): void => travel(redone, clipIds)

/** Hundreds of drafts may change at once: the list of them is renewed once for all. */
let listPlanned = false
const planList = () => {
  if (listPlanned) return
  listPlanned = true
  queueMicrotask(() => {
    listPlanned = false
    client.setQueryData<Draft[]>(keys.drafts, (list) => list && renewed(list))
  })
}

const renewed = (list: readonly Draft[]): Draft[] => [
  ...list.filter(({ clipId }) => !changed.has(clipId)),
  ...[...changed].flatMap((clipId) => drafts.get(clipId) ?? []),
]

const loads = new Map<string, Promise<void>>()

/** Fetches a draft once; what was changed meanwhile is never overwritten. */
export const loadDraft = (clipId: string): Promise<void> => {
  const known = loads.get(clipId)
  if (known) return known
  const load = answered(window.reshoot.drafts.get({ clipId }))
    .then((draft) => {
      if (!drafts.has(clipId)) drafts.set(clipId, draft)
      tellSoon()
    })
    .catch((error: unknown) => {
      loads.delete(clipId)
      reportFailure(error)
    })
  loads.set(clipId, load)
  return load
}

/** Fetches a draft again after main itself has written it. */
export const reloadDraft = async (clipId: string): Promise<void> => {
  loads.delete(clipId)
  unsaved.delete(clipId)
  changed.delete(clipId)
  drafts.delete(clipId)
  histories.delete(clipId)
  await loadDraft(clipId)
  await client.invalidateQueries({ queryKey: keys.drafts })
}

export const subscribeDrafts = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** Nothing typed is lost: drafts are written whenever the person may be leaving. */
export const keepDraftsSafe = (): (() => void) => {
  const onHidden = () => {
    if (document.visibilityState === 'hidden') flushDrafts()
  }
  window.addEventListener('blur', flushDrafts)
  window.addEventListener('pagehide', flushDrafts)
  window.addEventListener('beforeunload', flushDrafts)
  document.addEventListener('visibilitychange', onHidden)
  return () => {
    window.removeEventListener('blur', flushDrafts)
    window.removeEventListener('pagehide', flushDrafts)
    window.removeEventListener('beforeunload', flushDrafts)
    document.removeEventListener('visibilitychange', onHidden)
  }
}
