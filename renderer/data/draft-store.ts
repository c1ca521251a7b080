import type { Draft } from '../../preload/contract'
import { answered } from './answer-failure'
import { client } from './client'
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
const listeners = new Set<() => void>()
let timer = 0

const tell = () => {
  for (const listener of listeners) listener()
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
  drafts.set(clipId, { ...after, updatedAt: Date.now() })
  unsaved.add(clipId)
  window.clearTimeout(timer)
  timer = window.setTimeout(flushDrafts, quiet)
  client.setQueryData<Draft[]>(keys.drafts, (list) => list && replaced(list, drafts.get(clipId)))
  tell()
}

const replaced = (list: readonly Draft[], draft: Draft | undefined): Draft[] =>
  draft ? [...list.filter(({ clipId }) => clipId !== draft.clipId), draft] : [...list]

const loads = new Map<string, Promise<void>>()

/** Fetches a draft once; what was changed meanwhile is never overwritten. */
export const loadDraft = (clipId: string): Promise<void> => {
  const known = loads.get(clipId)
  if (known) return known
  const load = answered(window.reshoot.drafts.get({ clipId }))
    .then((draft) => {
      if (!drafts.has(clipId)) drafts.set(clipId, draft)
      tell()
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
  drafts.delete(clipId)
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
