import { create } from 'zustand'
import type { Draft } from '../../preload/contract'
import { createCheckCache } from './check-cache'
import { client, keys } from './client'
import { answered } from './failures'

const cache = createCheckCache((drafts) => answered(window.reshoot.drafts.checkMany({ drafts })))

/** What blocks the submission of each draft, and its estimate; in the order of the drafts. */
export const checkDrafts = cache.check

/** A number that grows when answers may have changed although their drafts did not. */
export const useChecksVersion = create(() => 0)

const concerns = (draft: Draft | undefined, changed: ReadonlySet<string>): boolean =>
  draft !== undefined && (changed.has(draft.clipId) || draft.imageIds.some((id) => changed.has(id)))

/** Checks drafts again: those that use one of these files, or all drafts when none are given. */
export const renewChecks = (fileIds?: ReadonlySet<string>): void => {
  cache.forget(fileIds)
  useChecksVersion.setState((version) => version + 1)
  void client.invalidateQueries({
    queryKey: keys.draftChecks,
    predicate: ({ queryKey }) =>
      fileIds === undefined || concerns(queryKey[1] as Draft | undefined, fileIds),
  })
}
