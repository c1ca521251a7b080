import type { Draft, DraftCheck } from '../../preload/contract'

/** Drafts asked about at a time: main answers other things between two questions. */
const together = 24
/** Answers that are kept beyond those that were asked for last. */
const spare = 500

/** Answers by what a draft says, so that of hundreds only those are asked about that have changed. */
export interface CheckCache {
  /** In the order of the drafts. Rejects as `ask` does; what was not answered is asked again the next time. */
  check: (drafts: readonly Draft[]) => Promise<DraftCheck[]>
  /** Forgets the answers about drafts that use one of these files; all of them without. */
  forget: (fileIds?: ReadonlySet<string>) => void
}

/** What the answer depends on: when a draft was written and its further parts change nothing. */
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

  const askTogether = (asked: readonly (readonly [string, Draft])[]) => {
    const answers = last.then(() => ask(asked.map(([, draft]) => draft)))
    last = answers.catch(() => drop(asked))
    for (const [index, [key, draft]] of asked.entries()) {
      const answer = answers.then((list) => {
        const found = list[index]
        if (!found) throw new Error('A draft was not answered for')
        return found
      })
      known.set(key, { draft, answer })
    }
  }

  const bound = (most: number) => {
    for (const key of known.keys()) {
      if (known.size <= most) return
      known.delete(key)
    }
  }

  return {
    check: (drafts) => {
      const asked = drafts.map((draft) => [keyOf(draft), draft] as const)
      const missing = [...new Map(asked.filter(([key]) => !known.has(key)))]
      for (let at = 0; at < missing.length; at += together)
        askTogether(missing.slice(at, at + together))
      const answers = asked.flatMap(([key]) => {
        const entry = known.get(key)
        if (!entry) return []
        // Those that were asked for last stay longest.
        known.delete(key)
        known.set(key, entry)
        return [entry.answer]
      })
      bound(drafts.length + spare)
      return Promise.all(answers)
    },
    forget: (fileIds) => {
      for (const [key, { draft }] of known)
        if (fileIds === undefined || uses(draft, fileIds)) known.delete(key)
    },
  }
}
