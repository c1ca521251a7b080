import type { Draft } from '../../preload/contract'
import { answered } from './answer-failure'
import { createCheckCache } from './check-cache'
import { client } from './client'
import { keys } from './keys'

const cache = createCheckCache((drafts) => answered(window.reshoot.drafts.checkMany({ drafts })))

/** What stands between each draft and its submission, and what it would cost; in their order. */
export const checkDrafts = cache.check

let version = 0
const listeners = new Set<() => void>()

/** Grows whenever answers may have changed without their drafts. */
export const checksVersion = (): number => version

export const subscribeChecks = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

const concerns = (draft: Draft | undefined, changed: ReadonlySet<string>): boolean =>
  draft !== undefined && (changed.has(draft.clipId) || draft.imageIds.some((id) => changed.has(id)))

/** Drafts are checked again: those that use one of these files, all without. */
export const renewChecks = (fileIds?: ReadonlySet<string>): void => {
  cache.forget(fileIds)
  version += 1
  for (const listener of listeners) listener()
  void client.invalidateQueries({
    queryKey: keys.draftChecks,
    predicate: ({ queryKey }) =>
      fileIds === undefined || concerns(queryKey[1] as Draft | undefined, fileIds),
  })
}
