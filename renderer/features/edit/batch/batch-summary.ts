import type { Draft, DraftCheck, Estimate, MediaItem } from '../../../../preload/contract'
import { sumEstimates } from '../submit/cost-line'
import { draftsOf } from '../trim/parts'

/** What can become of one clip of a batch, most urgent first. */
export type ClipState =
  | 'checking'
  /** A remedy settles it. */
  | 'fixable'
  /** Nothing here settles it: too short, damaged, no clip at all. */
  | 'hopeless'
  /** Something of the edit itself: an option, a key, an image. */
  | 'blocked'
  /** Neither prompt nor image says what to change. */
  | 'unsaid'
  | 'ready'

/** One clip of a batch with its draft and, once known, the checks of its parts. */
export interface BatchClip {
  item: MediaItem
  draft: Draft
  checks: readonly DraftCheck[] | undefined
}

const isFailing = (check: DraftCheck) => check.files.some(({ report }) => report.verdict === 'fail')

const isHopeless = (check: DraftCheck) =>
  check.blockers.includes('no-clip') ||
  check.files.some(({ report }) =>
    report.findings.some(({ level, remedy }) => level === 'fail' && remedy === undefined),
  )

export const stateOf = ({ draft, checks }: BatchClip): ClipState => {
  if (!checks || checks.length === 0) return 'checking'
  if (checks.some(isHopeless)) return 'hopeless'
  if (checks.some(isFailing)) return 'fixable'
  if (checks.some(({ blockers }) => blockers.includes('checking'))) return 'checking'
  if (checks.some(({ blockers }) => blockers.length > 0)) return 'blocked'
  return draft.prompt.trim() === '' && draft.imageIds.length === 0 ? 'unsaid' : 'ready'
}

export interface BatchSummary {
  counts: Record<ClipState, number>
  /** The edits that can be submitted now, part by part. */
  edits: Draft[]
  /** Seconds of all that will be sent. */
  seconds: number
  /** What each edit costs. */
  each: (Estimate | null)[]
  /** What they cost together, by currency. */
  estimates: Estimate[]
  /** Clips that stay behind, and why. */
  left: { item: MediaItem; state: ClipState }[]
}

/** What a batch comes to, before anything of it is sent. */
export const summed = (clips: readonly BatchClip[]): BatchSummary => {
  const counts = { checking: 0, fixable: 0, hopeless: 0, blocked: 0, unsaid: 0, ready: 0 }
  const edits: Draft[] = []
  const checks: DraftCheck[] = []
  const left: BatchSummary['left'] = []
  for (const clip of clips) {
    const state = stateOf(clip)
    counts[state] += 1
    if (state !== 'ready') left.push({ item: clip.item, state })
    else {
      edits.push(...draftsOf(clip.draft))
      checks.push(...(clip.checks ?? []))
    }
  }
  const each = checks.map(({ estimate }) => estimate)
  return {
    counts,
    edits,
    each,
    left,
    seconds: checks.reduce((sum, { seconds }) => sum + (seconds ?? 0), 0),
    estimates: sumEstimates(each.filter((estimate) => estimate !== null)),
  }
}

const shared = ['provider', 'prompt', 'negativePrompt', 'imageIds', 'options'] as const

/** The draft with what another one says: who does it, prompt, images and options. Part and clip's fixes stay its own. */
export const following = (draft: Draft, pattern: Draft): Draft => {
  const own = draft.fixes[draft.clipId]
  const ofImages = pattern.imageIds.flatMap((id) => {
    const fix = pattern.fixes[id]
    return fix ? [[id, fix] as const] : []
  })
  return {
    ...draft,
    ...Object.fromEntries(shared.map((name) => [name, pattern[name]])),
    fixes: {
      ...Object.fromEntries(ofImages),
      ...(own ? { [draft.clipId]: own } : {}),
    },
  }
}

/** What a draft says of the files it sends; fixes of images that it no longer refers to say nothing. */
const wordsOf = (draft: Draft): string =>
  JSON.stringify([
    ...shared.map((name) => draft[name]),
    ...draft.imageIds.map((id) => draft.fixes[id] ?? null),
  ])

/** Whether a draft already says what the pattern says. */
export const follows = (draft: Draft, pattern: Draft): boolean =>
  wordsOf(draft) === wordsOf(pattern)
