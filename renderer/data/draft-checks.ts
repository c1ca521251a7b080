import { create } from 'zustand'
import type { Draft, DraftCheck } from '../../preload/contract'
import { client, keys } from './client'
import { answered } from './failures'

/** Drafts per request: between two requests main can answer others. */
const perRequest = 24
/** Number of answers to keep besides those of the last call. */
const spare = 500

/** What an answer or an edit depends on, as text: neither the time of the change nor the further parts. */
export const contentOf = (draft: Draft): string =>
  JSON.stringify({ ...draft, updatedAt: 0, source: { ...draft.source, moreSelections: [] } })

/** Whether a draft uses one of these files. */
const uses = ({ source }: Draft, fileIds: ReadonlySet<string>): boolean =>
  fileIds.has(source.clipId) || source.imageIds.some((id) => fileIds.has(id))

/** Answers by the content of drafts: of hundreds of drafts, only the changed ones are checked again. */
export const createCheckCache = (ask: (drafts: Draft[]) => Promise<readonly DraftCheck[]>) => {
  const known = new Map<string, { draft: Draft; answer: Promise<DraftCheck> }>()
  let last: Promise<unknown> = Promise.resolve()

  const askForSome = (asked: readonly (readonly [string, Draft])[]) => {
    const answers = last.then(() => ask(asked.map(([, draft]) => draft)))
    last = answers.catch(() => {
      for (const [key, draft] of asked) if (known.get(key)?.draft === draft) known.delete(key)
    })
    for (const [index, [key, draft]] of asked.entries()) {
      const answer = answers.then((list) => {
        const found = list[index]
        if (!found) throw new Error('The answer for a draft is missing')
        return found
      })
      known.set(key, { draft, answer })
    }
  }

  return {
    /** Answers in the order of the drafts. Rejects when `ask` does; the next call then asks again. */
    check: (drafts: readonly Draft[]): Promise<DraftCheck[]> => {
      const asked = drafts.map((draft) => [contentOf(draft), draft] as const)
      const missing = [...new Map(asked.filter(([key]) => !known.has(key)))]
      for (let at = 0; at < missing.length; at += perRequest)
        askForSome(missing.slice(at, at + perRequest))
      const answers = asked.flatMap(([key]) => {
        const entry = known.get(key)
        if (!entry) return []
        // Moves the entry to the end: the oldest are dropped first.
        known.delete(key)
        known.set(key, entry)
        return [entry.answer]
      })
      const tooMany = Math.max(0, known.size - drafts.length - spare)
      for (const key of [...known.keys()].slice(0, tooMany)) known.delete(key)
      return Promise.all(answers)
    },
    /** Forgets the answers about drafts that use one of these files, or all answers when none are given. */
    forget: (fileIds?: ReadonlySet<string>): void => {
      for (const [key, { draft }] of known)
        if (fileIds === undefined || uses(draft, fileIds)) known.delete(key)
    },
  }
}

const cache = createCheckCache((drafts) => answered(window.reshoot.drafts.checkMany({ drafts })))

/** What blocks the submission of each draft, and its estimate; in the order of the drafts. */
export const checkDrafts = cache.check

/** A number that grows when answers may have changed although their drafts did not. */
export const useChecksVersion = create(() => 0)

/** Checks drafts again: those that use one of these files, or all drafts when none are given. */
export const renewChecks = (fileIds?: ReadonlySet<string>): void => {
  cache.forget(fileIds)
  useChecksVersion.setState((version) => version + 1)
  void client.invalidateQueries({
    queryKey: keys.draftChecks,
    predicate: ({ queryKey }) => {
      const draft = queryKey[1] as Draft | undefined
      return fileIds === undefined || (draft !== undefined && uses(draft, fileIds))
    },
  })
}
