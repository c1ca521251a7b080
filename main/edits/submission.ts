import {
  type Blocker,
  type Draft,
  type DraftCheck,
  type EditOptions,
  type Estimate,
  type Facts,
  type FileRole,
  type Fix,
  type Forecast,
  fileOf,
  filesOf,
  isEmpty,
  type MediaItem,
  type Mode,
  modeRow,
  type ProviderDescription,
  type Report,
  type Selection,
} from '../../preload/contract'
import { EditError } from '../catalog/edit-error'
import { stateOf } from '../catalog/shelf'
import { checkEdit, type EditSubject, forecast, impliedRatio } from '../preflight'
import type { FileSpec, JobSpec } from './job-spec'

/** A request from a draft or the command line, before it is checked. */
export interface Submission {
  mode: Mode
  provider: ProviderDescription
  /** Whether there is a bucket for files that the provider does not store. */
  hasBucket: boolean
  prompt: string
  negativePrompt: string
  options: EditOptions
  /** In the order of the request. */
  files: readonly SubmittedFile[]
}

export interface SubmittedFile {
  role: FileRole
  /** The catalog's id, or the path of a file that is not in the catalog. */
  id: string
  /** Null for a file that is no longer in the catalog. */
  item: Pick<MediaItem, 'name' | 'state' | 'facts'> | null
  fix: Fix
  selection: Selection | null
}

/** The options of a new submission: those chosen as defaults, but the service's own where it has another default. */
export const newOptions = (
  provider: Pick<ProviderDescription, 'name' | 'modes'>,
  mode: Mode,
  chosen: EditOptions,
): EditOptions => ({
  ...chosen,
  promptExtend: modeRow(provider, mode).defaults?.promptExtend ?? chosen.promptExtend,
})

export const noFix: Fix = { remedies: [], background: '#000000' }

/** Displayed pixels of a clip; null where unknown. */
export const sizeOf = (facts: Facts | null): { width: number; height: number } | null =>
  facts?.kind === 'video' && facts.width !== null && facts.height !== null
    ? { width: facts.width, height: facts.height }
    : null

const secondsOf = (facts: Facts | null): number | null =>
  facts?.kind === 'video' ? (facts.duration ?? facts.durations.container) : null

/** Whether there is storage for the files of a request: the provider's own or a bucket. */
const storageFor = (
  { stores = 'all' }: Pick<ProviderDescription, 'stores'>,
  hasBucket: boolean,
): NonNullable<EditSubject['storage']> => {
  if (stores === 'all' || hasBucket) return 'ready'
  return stores === 'images' ? 'unsure' : 'missing'
}

/** A file and what will be sent; `expected` is null until the file is checked. */
interface JudgedFile extends SubmittedFile {
  expected: Forecast | null
}

/**
 * Checks a submission: its report, blockers and estimate. Runs no tools.
 * @param price estimates the cost of a clip of these seconds
 */
export const checkSubmission = (
  submission: Submission,
  price: (seconds: number) => Estimate,
): DraftCheck => {
  const { provider, prompt, negativePrompt, options } = submission
  const files = submission.files.map(
    (file): JudgedFile => ({
      ...file,
      expected:
        file.item?.facts == null
          ? null
          : forecast(file.item.name, file.item.facts, file.selection, file.fix),
    }),
  )
  const clip = fileOf(files, 'clip')?.expected?.facts ?? null
  const seconds = secondsOf(clip)
  const subject: EditSubject = {
    prompt,
    negativePrompt,
    imageCount: filesOf(files, 'reference-image').length,
    options,
    clipSeconds: seconds,
    clipSize: sizeOf(clip),
    limits: modeRow(provider, submission.mode).limits,
    storage: storageFor(provider, submission.hasBucket),
    hasKey: provider.key !== 'none',
    needsKey: provider.key !== 'not-needed',
  }
  const report = checkEdit(subject)
  return {
    report,
    files: files.flatMap(({ id, expected }) =>
      expected ? [{ id, report: expected.report, outcome: expected.outcome }] : [],
    ),
    seconds,
    blockers: blockersOf(submission, files, report),
    impliedRatio: impliedRatio(subject),
    estimate: seconds === null ? null : price(seconds),
  }
}

/** Most urgent first. */
const blockersOf = (
  submission: Submission,
  files: readonly JudgedFile[],
  report: Report,
): Blocker[] => {
  const failing = report.findings.filter(({ level }) => level === 'fail')
  const clip = fileOf(files, 'clip')
  const images = filesOf(files, 'reference-image')
  const isChecking = files.some(({ item }) => item?.state === 'checking')
  const standing: [Blocker, boolean][] = [
    ['no-clip', clip?.item == null || clip.item.state === 'missing'],
    ['checking', isChecking],
    ['clip', clip?.item?.state === 'checked' && !isUsable(clip, 'video')],
    [
      'image',
      images.some((image) => image.item?.state !== 'checking' && !isUsable(image, 'image')),
    ],
    ['empty', isEmpty(submission.mode, submission.prompt, submission.files)],
    ['edit', failing.some(({ rule }) => rule !== 'key' && rule !== 'storage')],
    ['key', failing.some(({ rule }) => rule === 'key')],
    ['bucket', failing.some(({ rule }) => rule === 'storage')],
  ]
  return standing.flatMap(([blocker, stands]) => (stands ? [blocker] : []))
}

const isUsable = ({ item, expected }: JudgedFile, kind: 'video' | 'image'): boolean =>
  item?.state === 'checked' &&
  item.facts?.kind === kind &&
  expected !== null &&
  expected.report.verdict !== 'fail'

/**
 * The submission as a job. Throws an `EditError` for the first blocker or a missing file.
 * @param pathOf gives a file's absolute path and its id in the catalog; null for an unknown file
 */
export const toJobSpec = (
  submission: Submission,
  { blockers: [blocker], estimate }: Pick<DraftCheck, 'blockers' | 'estimate'>,
  pathOf: (id: string) => Pick<FileSpec, 'path' | 'mediaId'> | null,
): JobSpec => {
  if (blocker)
    throw new EditError({ key: `edits.blocked_${blocker}`, values: {} }, actionOf(blocker))
  const { mode, provider, prompt, negativePrompt, options } = submission
  return {
    mode,
    provider: provider.id,
    prompt,
    negativePrompt,
    files: submission.files.map(({ id, role, item, fix, selection }) => {
      const found = pathOf(id)
      if (!found || !item)
        throw new EditError({ key: 'edits.unknown_file', values: {} }, 'fix-file')
      return fileSpecOf({ ...found, role, name: item.name, fix, selection })
    }),
    options,
    estimate,
  }
}

/** A file of a job with its current size and time. Throws an `EditError` if it is missing. */
export const fileSpecOf = (file: Omit<FileSpec, 'bytes' | 'modifiedAt'>): FileSpec => {
  const { bytes, modifiedAt } = stateOf(file.path)
  if (bytes === null || modifiedAt === null)
    throw new EditError({ key: 'edits.file_gone', values: { name: file.name } }, 'fix-file')
  return { ...file, bytes, modifiedAt }
}

const actionOf = (blocker: Blocker) => {
  if (blocker === 'key') return 'enter-key'
  if (blocker === 'bucket') return 'set-up-bucket'
  if (blocker === 'checking') return 'wait'
  return blocker === 'edit' || blocker === 'empty' ? 'change-prompt' : 'fix-file'
}

/**
 * The request as a draft; null without its clip.
 * @param idOf gives the id of a file in the catalog; null for a missing one
 */
export const toDraft = (
  spec: JobSpec,
  id: string,
  idOf: (path: string) => string | null,
  now: number,
): Draft | null => {
  const clip = fileOf(spec.files, 'clip')
  const clipId = clip ? idOf(clip.path) : null
  if (!clip || clipId === null) return null
  const images = filesOf(spec.files, 'reference-image').flatMap(({ path, fix }) => {
    const imageId = idOf(path)
    return imageId === null ? [] : [{ id: imageId, fix }]
  })
  return {
    id,
    source: {
      kind: 'clip',
      clipId,
      selection: clip.selection,
      moreSelections: [],
      imageIds: images.map((image) => image.id),
    },
    provider: spec.provider,
    prompt: spec.prompt,
    negativePrompt: spec.negativePrompt,
    fixes: {
      [clipId]: clip.fix,
      ...Object.fromEntries(images.map((image) => [image.id, image.fix])),
    },
    options: spec.options,
    updatedAt: now,
  }
}
