import type {
  Blocker,
  Draft,
  DraftCheck,
  Estimate,
  Facts,
  Fix,
  MediaItem,
  ProviderLimits,
  Report,
} from '../../preload/contract'
import { checkEdit, checkFile, predict, predictName } from '../preflight'

/** What a draft is measured against. */
export interface DraftSurroundings {
  clip: MediaItem | null
  /** In the draft's order; null for a file that is not known any more. */
  images: readonly (MediaItem | null)[]
  limits: ProviderLimits
  hasKey: boolean
  estimate: (seconds: number) => Estimate
}

export const noFix: Fix = { remedies: [], background: '#000000' }

/** What stands between a draft and its submission, and what it would cost. Nothing is run for it. */
export const checkDraft = (draft: Draft, around: DraftSurroundings): DraftCheck => {
  const { clip } = around
  const images = around.images.map((image) => image && expectedReport(image, null, draft))
  const clipFacts = clip && expectedFacts(clip, draft)
  const clipReport = clip && expectedReport(clip, draft.selection, draft)
  const seconds = secondsOf(clipFacts)
  const report = checkEdit({
    prompt: draft.prompt,
    negativePrompt: draft.negativePrompt,
    imageCount: draft.imageIds.length,
    options: draft.options,
    clipSeconds: seconds,
    limits: around.limits,
    hasKey: around.hasKey,
  })
  const files = [
    ...(clip && clipReport ? [{ id: clip.id, report: clipReport }] : []),
    ...around.images.flatMap((image, index) => {
      const found = images[index]
      return image && found ? [{ id: image.id, report: found }] : []
    }),
  ]
  return {
    report,
    files,
    seconds,
    blockers: blockersOf({ clip, clipReport, images, items: around.images, report }),
    estimate: seconds === null ? null : around.estimate(seconds),
  }
}

/** The clip as it will be sent. */
const expectedFacts = (item: MediaItem, draft: Draft): Facts | null =>
  item.facts && predict(item.facts, draft.selection, fixOf(draft, item.id))

const expectedReport = (
  item: MediaItem,
  selection: Draft['selection'],
  draft: Draft,
): Report | null => {
  if (!item.facts) return null
  const fix = fixOf(draft, item.id)
  const facts = predict(item.facts, selection, fix)
  return checkFile(facts, predictName(item.name, item.facts, selection, fix))
}

export const fixOf = (draft: Draft, id: string): Fix => draft.fixes[id] ?? noFix

const secondsOf = (facts: Facts | null): number | null =>
  facts?.kind === 'video' ? (facts.duration ?? facts.durations.container) : null

interface Standing {
  clip: MediaItem | null
  clipReport: Report | null
  images: readonly (Report | null)[]
  items: readonly (MediaItem | null)[]
  report: Report
}

/** Most urgent first: what cannot be judged yet, the clip, the images, the edit, the key. */
const blockersOf = ({ clip, clipReport, images, items, report }: Standing): Blocker[] => {
  const failing = report.findings.filter(({ level }) => level === 'fail')
  const isChecking = [clip, ...items].some((item) => item?.state === 'checking')
  const clipFails = clip?.state === 'checked' && !isUsable(clip, clipReport, 'video')
  const imageFails = items.some(
    (item, index) => item?.state !== 'checking' && !isUsable(item, images[index] ?? null, 'image'),
  )
  const standing: [Blocker, boolean][] = [
    ['no-clip', clip === null || clip.state === 'missing'],
    ['checking', isChecking],
    ['clip', clipFails],
    ['image', imageFails],
    ['edit', failing.some(({ rule }) => rule !== 'key')],
    ['key', failing.some(({ rule }) => rule === 'key')],
  ]
  return standing.flatMap(([blocker, stands]) => (stands ? [blocker] : []))
}

const isUsable = (
  item: MediaItem | null,
  report: Report | null,
  kind: 'video' | 'image',
): boolean =>
  item?.state === 'checked' &&
  item.facts?.kind === kind &&
  report !== null &&
  report.verdict !== 'fail'
