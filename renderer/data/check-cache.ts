import type { Draft, DraftCheck } from '../../preload/contract'

/** Drafts per request: between two requests main can answer others. */
const perRequest = 24
/** Number of answers to keep besides those of the last call. */
const spare = 500

/** Answers by the content of drafts: of hundreds of drafts, only the changed ones are checked again. */
interface CheckCache {
  /** Answers in the order of the drafts. Rejects when `ask` does; the next call then asks again. */
  check: (drafts: readonly Draft[]) => Promise<DraftCheck[]>
  /** Forgets the answers about drafts that use one of these files, or all answers when none are given. */
  forget: (fileIds?: ReadonlySet<string>) => void
}

/** What the answer depends on: neither the time of the change nor the further parts. */
const keyOf = (draft: Draft): string =>
  JSON.stringify({ ...draft, updatedAt: 0, moreSelections: [] })

const uses = ({ clipId, imageIds }: Draft, fileIds: ReadonlySet<string>): boolean =>
  fileIds.has(clipId) || imageIds.some((id) => fileIds.has(id))

export const createCheckCache = (
  ask: (drafts: Draft[]) => Promise<readonly DraftCheck[]>,
): CheckCache => {
  const known = new Map<string, { draft: Draft; answer: Promise<DraftCheck> }>()
  let last: Promise<unknown> = Promise.resolve()

  const drop = (asked: readonly (readonly [string, Draft])[]) => {
    for (const [key, draft] of asked) if (known.get(key)?.draft === draft) known.delete(key)
  }

  const askForSome = (asked: readonly (readonly [string, Draft])[]) => {
    const answers = last.then(() => ask(asked.map(([, draft]) => draft)))
    last = answers.catch(() => drop(asked))
    for (const [index, [key, draft]] of asked.entries()) {
      const answer = answers.then((list) => {
        const found = list[index]
        if (!found) throw new Error('The answer for a draft is missing')
        return found
      })
      known.set(key, { draft, answer })
    }
  }

  const shrinkTo = (most: number) => {
    for (const key of known.keys()) {
      if (known.size <= most) return
      known.delete(key)
    }
  }

  return {
    check: (drafts) => {
      const asked = drafts.map((draft) => [keyOf(draft), draft] as const)
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
      shrinkTo(drafts.length + spare)
      return Promise.all(answers)
    },
    forget: (fileIds) => {
      for (const [key, { draft }] of known)
        if (fileIds === undefined || uses(draft, fileIds)) known.delete(key)
    },
  }
}
