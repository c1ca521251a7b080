import { createStore, useStore } from 'zustand'
import type { Draft, ProviderId } from '../../preload/contract'
import { client, keys } from './client'
import { type History, noHistory, redone, undone, withStep } from './draft-history'
import { answered, reportFailure } from './failures'

/** Milliseconds without a change before a draft is saved. */
const saveDelay = 250

/**
 * The drafts on screen. They change in the window, so the window's copy is the current one; main's copy is saved
 * after a short delay, and at once when the window loses focus, is hidden or closes.
 */
const drafts = new Map<string, Draft>()
const unsaved = new Set<string>()
/** Clips whose draft has changed since the start. */
const changed = new Set<string>()
let timer = 0

/** The number of changes to any draft. */
const version = createStore(() => 0)
export const draftsVersion = version.getState

/** The value of `read`, read again after every change to any draft. */
export const useDraftStore = <T>(read: () => T): T => useStore(version, read)

const announce = () => version.setState((count) => count + 1)

/** Announces once for hundreds of drafts that are loaded at the same time. */
let announcement = 0
const announceSoon = () => {
  window.clearTimeout(announcement)
  announcement = window.setTimeout(announce)
}

const save = (clipId: string) => {
  const draft = drafts.get(clipId)
  unsaved.delete(clipId)
  if (!draft) return
  answered(window.reshoot.drafts.save(draft)).catch((error: unknown) => {
    // The next change or flush tries again.
    unsaved.add(clipId)
    reportFailure(error)
  })
}

/** Saves every draft that is not saved yet. */
export const flushDrafts = (): void => {
  window.clearTimeout(timer)
  for (const clipId of [...unsaved]) save(clipId)
}

export const draftOf = (clipId: string): Draft | undefined => drafts.get(clipId)

/** Changes a draft; does nothing if it was never loaded. */
export const changeDraft = (clipId: string, change: (draft: Draft) => Draft): void => {
  const before = drafts.get(clipId)
  if (!before) return
  const after = change(before)
  if (after === before) return
  remember(before, after, false)
  announce()
}

/** Replaces many drafts; each change is one undo step that includes texts. */
export const changeDrafts = (changes: readonly Draft[]): void => {
  for (const after of changes) {
    const before = drafts.get(after.clipId)
    if (before) remember(before, after, true)
  }
  announce()
}

/** Moves drafts to another provider; main does the same with drafts that are not loaded here. */
export const moveDrafts = (from: ProviderId, to: ProviderId): void => {
  for (const draft of drafts.values()) {
    if (draft.provider === from) put({ ...draft, provider: to })
  }
  announce()
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
  timer = window.setTimeout(flushDrafts, saveDelay)
  planList()
}

/** The undo history of each draft since the start, by clip. */
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
  announce()
}

/** Undoes the last step of each of these drafts. */
export const undoDrafts = (...clipIds: readonly string[]): void => travel(undone, clipIds)

/** Redoes the last undone step of each of these drafts. */
export const redoDrafts = (...clipIds: readonly string[]): void => travel(redone, clipIds)

/** Hundreds of drafts may change at once: their list is updated once for all of them. */
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

/** Fetches a draft once; changes made in the meantime are never overwritten. */
export const loadDraft = (clipId: string): Promise<void> => {
  const known = loads.get(clipId)
  if (known) return known
  const load = answered(window.reshoot.drafts.get({ clipId }))
    .then((draft) => {
      if (!drafts.has(clipId)) drafts.set(clipId, draft)
      announceSoon()
    })
    .catch((error: unknown) => {
      loads.delete(clipId)
      reportFailure(error)
    })
  loads.set(clipId, load)
  return load
}

/** Fetches a draft again after main has written it. */
export const reloadDraft = async (clipId: string): Promise<void> => {
  loads.delete(clipId)
  unsaved.delete(clipId)
  changed.delete(clipId)
  drafts.delete(clipId)
  histories.delete(clipId)
  await loadDraft(clipId)
  await client.invalidateQueries({ queryKey: keys.drafts })
}

/** Saves drafts whenever the person may be leaving the window. */
export const keepDraftsSafe = (): void => {
  window.addEventListener('blur', flushDrafts)
  window.addEventListener('pagehide', flushDrafts)
  window.addEventListener('beforeunload', flushDrafts)
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') flushDrafts()
  })
}
