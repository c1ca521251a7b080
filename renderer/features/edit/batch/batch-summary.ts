import type { Draft, DraftCheck, Estimate, MediaItem } from '../../../../preload/contract'
import { onlyByChoice } from '../../../../preload/contract/preflight'
import { sumEstimates } from '../submit/cost-line'
import { draftsOf } from '../trim/parts'

/** The state of a clip in a batch. */
export type ClipState =
  | 'checking'
  /** A remedy fixes it. */
  | 'fixable'
  /** "Fix all" cannot fix it: the clip is too short, damaged or missing. */
  | 'hopeless'
  /** The edit is incomplete: an option, a key, an image. */
  | 'blocked'
  /** There is neither a prompt nor an image. */
  | 'unsaid'
  | 'ready'

/** A clip of a batch with its draft and the checks of its parts; undefined until they are known. */
export interface BatchClip {
  item: MediaItem
  draft: Draft
  checks: readonly DraftCheck[] | undefined
}

const isFailing = (check: DraftCheck) => check.files.some(({ report }) => report.verdict === 'fail')

const isHopeless = (check: DraftCheck) =>
  check.blockers.includes('no-clip') ||
  check.files.some(({ report }) =>
    report.findings.some(
      ({ level, remedy }) =>
        level === 'fail' && (remedy === undefined || onlyByChoice.includes(remedy)),
    ),
  )

export const stateOf = ({ checks }: Pick<BatchClip, 'checks'>): ClipState => {
  if (!checks || checks.length === 0) return 'checking'
  if (checks.some(isHopeless)) return 'hopeless'
  if (checks.some(isFailing)) return 'fixable'
  if (checks.some(({ blockers }) => blockers.includes('checking'))) return 'checking'
  const blockers = checks.flatMap((check) => check.blockers)
  if (blockers.some((blocker) => blocker !== 'empty')) return 'blocked'
  return blockers.length > 0 ? 'unsaid' : 'ready'
}

export interface BatchSummary {
  counts: Record<ClipState, number>
  /** The edits that can be submitted, one for each part. */
  ready: readonly Draft[]
  /** Those of them that an unfinished run has not sent. */
  edits: readonly Draft[]
  /** The total length of the parts to send. Seconds. */
  seconds: number
  /** The estimate of each edit. */
  each: (Estimate | null)[]
  /** The total cost by currency. */
  estimates: Estimate[]
  /** The clips that are not submitted, with their states. */
  left: { item: MediaItem; state: ClipState }[]
}

/** The summary of a batch before it is submitted. `remaining` leaves out what was sent already. */
export const summed = (
  clips: readonly BatchClip[],
  remaining = (drafts: readonly Draft[]) => drafts,
): BatchSummary => {
  const counts = { checking: 0, fixable: 0, hopeless: 0, blocked: 0, unsaid: 0, ready: 0 }
  const checkOf = new Map<Draft, DraftCheck | undefined>()
  const left: BatchSummary['left'] = []
  for (const clip of clips) {
    const state = stateOf(clip)
    counts[state] += 1
    if (state !== 'ready') left.push({ item: clip.item, state })
    else
      for (const [at, edit] of draftsOf(clip.draft).entries()) checkOf.set(edit, clip.checks?.[at])
  }
  const ready = [...checkOf.keys()]
  const edits = remaining(ready)
  const checks = edits.map((edit) => checkOf.get(edit))
  const each = checks.map((check) => check?.estimate ?? null)
  return {
    counts,
    ready,
    edits,
    each,
    left,
    seconds: checks.reduce((sum, check) => sum + (check?.seconds ?? 0), 0),
    estimates: sumEstimates(each.filter((estimate) => estimate !== null)),
  }
}

const shared = ['provider', 'prompt', 'negativePrompt', 'options'] as const

/** The draft with provider, prompt, images and options of the pattern. The selection and the clip's fixes stay. */
export const following = (draft: Draft, pattern: Draft): Draft => {
  const { imageIds } = pattern.source
  const ofImages = Object.entries(pattern.fixes).filter(([id]) => imageIds.includes(id))
  const ofClip = Object.entries(draft.fixes).filter(([id]) => id === draft.source.clipId)
  return {
    ...draft,
    ...Object.fromEntries(shared.map((name) => [name, pattern[name]])),
    source: { ...draft.source, imageIds },
    fixes: Object.fromEntries([...ofImages, ...ofClip]),
  }
}

/** What `following` copies, as text to compare. Fixes of removed images do not count. */
const sharedText = (draft: Draft): string =>
  JSON.stringify([
    ...shared.map((name) => draft[name]),
    draft.source.imageIds,
    ...draft.source.imageIds.map((id) => draft.fixes[id] ?? null),
  ])

/** Whether a draft already equals its pattern. */
export const follows = (draft: Draft, pattern: Draft): boolean =>
  sharedText(draft) === sharedText(pattern)
