import type {
  Blocker,
  Draft,
  DraftCheck,
  Estimate,
  Facts,
  Fix,
  Forecast,
  MediaItem,
  ProviderDescription,
  ProviderLimits,
  Report,
} from '../../preload/contract'
import { checkEdit, type EditSubject, forecast, impliedRatio } from '../preflight'

/** What a draft is measured against. */
export interface DraftSurroundings {
  clip: MediaItem | null
  /** In the draft's order; null for a file that is not known any more. */
  images: readonly (MediaItem | null)[]
  limits: ProviderLimits
  hasKey: boolean
  needsKey?: boolean
  /** Whether all files find a place that the provider can read. */
  storage?: EditSubject['storage']
  estimate: (seconds: number) => Estimate
}

/** Whether a provider's own storage or a bucket takes the files of an edit. */
export const storageFor = (
  { stores = 'all' }: Pick<ProviderDescription, 'stores'>,
  hasBucket: boolean,
): NonNullable<EditSubject['storage']> => {
  if (stores === 'all' || hasBucket) return 'ready'
  return stores === 'images' ? 'unsure' : 'missing'
}

export const noFix: Fix = { remedies: [], background: '#000000' }

/** What stands between a draft and its submission, and what it would cost. Nothing is run for it. */
export const checkDraft = (draft: Draft, around: DraftSurroundings): DraftCheck => {
  const { clip } = around
  const expectedImages = around.images.map((image) => image && expected(image, null, draft))
  const images = expectedImages.map((image) => image?.report ?? null)
  const expectedClip = clip && expected(clip, draft.selection, draft)
  const clipReport = expectedClip?.report ?? null
  const seconds = secondsOf(expectedClip?.facts ?? null)
  const subject: EditSubject = {
    prompt: draft.prompt,
    negativePrompt: draft.negativePrompt,
    imageCount: draft.imageIds.length,
    options: draft.options,
    clipSeconds: seconds,
    clipSize: sizeOf(expectedClip?.facts ?? null),
    limits: around.limits,
    storage: around.storage ?? 'ready',
    hasKey: around.hasKey,
    needsKey: around.needsKey,
  }
  const report = checkEdit(subject)
  const files = [
    ...(clip && expectedClip ? [fileOf(clip.id, expectedClip)] : []),
    ...around.images.flatMap((image, index) => {
      const found = expectedImages[index]
      return image && found ? [fileOf(image.id, found)] : []
    }),
  ]
  return {
    report,
    files,
    seconds,
    blockers: blockersOf({ draft, clip, clipReport, images, items: around.images, report }),
    impliedRatio: impliedRatio(subject),
    estimate: seconds === null ? null : around.estimate(seconds),
  }
}

/** A file as it will be sent; null until it was checked. */
const expected = (item: MediaItem, selection: Draft['selection'], draft: Draft): Forecast | null =>
  item.facts && forecast(item.name, item.facts, selection, fixOf(draft, item.id))

const fileOf = (id: string, { report, outcome }: Forecast) => ({ id, report, outcome })

export const fixOf = (draft: Draft, id: string): Fix => draft.fixes[id] ?? noFix

const secondsOf = (facts: Facts | null): number | null =>
  facts?.kind === 'video' ? (facts.duration ?? facts.durations.container) : null

/** Displayed pixels of a clip. */
export const sizeOf = (facts: Facts | null): { width: number; height: number } | null =>
  facts?.kind === 'video' && facts.width !== null && facts.height !== null
    ? { width: facts.width, height: facts.height }
    : null

interface Standing {
  draft: Draft
  clip: MediaItem | null
  clipReport: Report | null
  images: readonly (Report | null)[]
  items: readonly (MediaItem | null)[]
  report: Report
}

/** Most urgent first: what cannot be judged yet, the clip, the images, the edit, the key. */
const blockersOf = ({ draft, clip, clipReport, images, items, report }: Standing): Blocker[] => {
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
    ['empty', draft.prompt.trim() === '' && draft.imageIds.length === 0],
    ['edit', failing.some(({ rule }) => rule !== 'key' && rule !== 'storage')],
    ['key', failing.some(({ rule }) => rule === 'key')],
    ['bucket', failing.some(({ rule }) => rule === 'storage')],
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
