import i18next from 'i18next'
import { createStore, useStore } from 'zustand'
import type { Draft, ProviderId } from '../../preload/contract'
import { toast } from '../ui/toast-store'
import { client, keys } from './client'
import { contentOf } from './draft-checks'
import { type History, noHistory, redone, undone, withStep } from './draft-history'
import { answered, reportFailure } from './failures'

/** Milliseconds without a change before a draft is saved. */
const saveDelay = 250
/** Milliseconds after which a change is saved although others follow: a crash may cost no more of what is typed. */
const longestDelay = 500

/**
 * The drafts on screen. They change in the window, so the window's copy is the current one; main's copy is saved
 * after a short delay, twice a second while somebody types on, and at once when the window loses focus, is hidden or closes.
 */
const drafts = new Map<string, Draft>()
/** Ids of drafts by the clip that they are made from. */
const ids = new Map<string, string>()
const unsaved = new Set<string>()
/** Drafts that have changed since the start. */
const changed = new Set<string>()
let timer = 0
/** When the oldest change that is not saved was made; ms since the epoch. */
let unsavedSince = 0

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

const save = (id: string) => {
  const draft = drafts.get(id)
  unsaved.delete(id)
  if (!draft) return
  answered(window.reshoot.drafts.save(draft)).catch((error: unknown) => {
    // The next change or flush tries again.
    unsaved.add(id)
    reportFailure(error)
  })
}

/** Saves every draft that is not saved yet. */
export const flushDrafts = (): void => {
  window.clearTimeout(timer)
  for (const id of [...unsaved]) save(id)
}

/** The draft of a clip; undefined until it is loaded. */
export const draftOfClip = (clipId: string): Draft | undefined => drafts.get(ids.get(clipId) ?? '')

/** Changes a draft; does nothing if it was never loaded. */
export const changeDraft = (id: string, change: (draft: Draft) => Draft): void => {
  const before = drafts.get(id)
  if (!before) return
  const after = change(before)
  if (after === before) return
  remember(before, after, false)
  announce()
}

/** Replaces many drafts; each change is one undo step that includes texts. */
export const changeDrafts = (changes: readonly Draft[]): void => {
  for (const after of changes) {
    const before = drafts.get(after.id)
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
  const { id } = before
  histories.set(id, withStep(historyOf(id), before, after, Date.now(), batch))
  put(after)
}

const put = (draft: Draft) => {
  drafts.set(draft.id, { ...draft, updatedAt: Date.now() })
  changed.add(draft.id)
  if (unsaved.size === 0) unsavedSince = Date.now()
  unsaved.add(draft.id)
  window.clearTimeout(timer)
  const left = unsavedSince + longestDelay - Date.now()
  timer = window.setTimeout(flushDrafts, Math.min(saveDelay, left))
  planList()
}

/** The undo history of each draft since the start. */
const histories = new Map<string, History>()

export const historyOf = (id: string): History => histories.get(id) ?? noHistory

const travel = (step: typeof undone, draftIds: readonly string[]): void => {
  for (const id of draftIds) {
    const draft = drafts.get(id)
    const arrived = draft ? step(historyOf(id), draft) : null
    if (!arrived) continue
    histories.set(id, arrived.history)
    put(arrived.draft)
  }
  announce()
}

/** Undoes the last step of each of these drafts. */
export const undoDrafts = (...draftIds: readonly string[]): void => travel(undone, draftIds)

/** Redoes the last undone step of each of these drafts. */
export const redoDrafts = (...draftIds: readonly string[]): void => travel(redone, draftIds)

/** Hundreds of drafts may change at once: their list is updated once for all of them. */
let listPlanned = false
const planList = () => {
  if (listPlanned) return
  listPlanned = true
  queueMicrotask(() => {
    listPlanned = false
    const renewed = [...changed].flatMap((id) => drafts.get(id) ?? [])
    client.setQueryData<Draft[]>(
      keys.drafts,
      (list) => list && [...list.filter(({ id }) => !changed.has(id)), ...renewed],
    )
  })
}

const loads = new Map<string, Promise<void>>()

/** Fetches the draft of a clip once; changes made in the meantime are never overwritten. */
export const loadDraft = (clipId: string): Promise<void> => {
  const known = loads.get(clipId)
  if (known) return known
  const load = answered(window.reshoot.drafts.ofClip({ clipId }))
    .then((draft) => {
      ids.set(clipId, draft.id)
      if (!drafts.has(draft.id)) drafts.set(draft.id, draft)
      announceSoon()
    })
    .catch((error: unknown) => {
      loads.delete(clipId)
      reportFailure(error)
    })
  loads.set(clipId, load)
  return load
}

/** Whether a draft holds nothing that a person would miss. */
const isBlank = ({ prompt, negativePrompt, fixes, source }: Draft): boolean =>
  `${prompt}${negativePrompt}`.trim() === '' &&
  Object.keys(fixes).length + source.imageIds.length + source.moreSelections.length === 0 &&
  source.selection === null

/** Puts a draft in the place of the clip's own, as one undo step, which is offered if it replaces any work. */
export const replaceDraft = async (after: Draft): Promise<void> => {
  const { id, source } = after
  await loadDraft(source.clipId)
  const before = drafts.get(id)
  changeDrafts([after])
  if (!before || isBlank(before) || contentOf(before) === contentOf(after)) return
  const undo = { label: i18next.t('common.undo'), run: () => undoDrafts(id) }
  toast({ level: 'info', text: i18next.t('edit.replaced'), action: undo })
}

/** Saves drafts whenever the person may be leaving the window. */
export const keepDraftsSafe = (): void => {
  for (const leaving of ['blur', 'pagehide', 'beforeunload'])
    window.addEventListener(leaving, flushDrafts)
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') flushDrafts()
  })
}
