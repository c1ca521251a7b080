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
  fileSetProblem,
  filesOf,
  isEmpty,
  type MediaItem,
  type Mode,
  modeRow,
  type ProviderDescription,
  pixelsOf,
  type Report,
  type Selection,
  type Text,
} from '../../preload/contract'
import { EditError } from '../catalog/edit-error'
import { stateOf } from '../catalog/shelf'
import {
  checkEdit,
  type EditSubject,
  forecast,
  impliedRatio,
  type Purpose,
  type Size,
} from '../preflight'
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
  /** Of a voice: the number of its reference, from 1, images and videos counted together. */
  of?: number | undefined
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

/** Whether a file of this role is a still, which every service's own storage takes. */
const isPicture = (role: FileRole): boolean =>
  role === 'first-frame' || role === 'last-frame' || role === 'reference-image'

/** Whether there is storage for the files of a request: the provider's own or a bucket. */
const storageFor = (
  { provider: { stores = 'all' }, files }: Pick<Submission, 'provider' | 'files'>,
  hasBucket: boolean,
): NonNullable<EditSubject['storage']> => {
  if (stores === 'all' || hasBucket || files.length === 0) return 'ready'
  if (stores === 'nothing') return 'missing'
  return files.every(({ role }) => isPicture(role)) ? 'ready' : 'unsure'
}

/** What will be sent of a file, and what preflight finds in it. */
const expectedOf = ({ item, selection, fix }: SubmittedFile, purpose: Purpose): Forecast | null =>
  item?.facts == null ? null : forecast(item.name, item.facts, selection, fix, purpose)

/** What a result begins with: the ratio of a last frame should be the same. */
const beginsWith = (files: readonly SubmittedFile[]): Size | null => {
  const start = fileOf(files, 'first-frame') ?? fileOf(files, 'clip')
  return start ? pixelsOf(expectedOf(start, { role: start.role })?.facts ?? null) : null
}

/** Seconds of what a service may bill as input: a clip, or all reference videos. Null while one is unknown. */
const inputSeconds = (files: readonly JudgedFile[]): number | null =>
  files
    .filter(({ role }) => role === 'clip' || role === 'reference-video')
    .map(({ expected }) => secondsOf(expected?.facts ?? null))
    .reduce((sum, seconds) => (sum === null || seconds === null ? null : sum + seconds), 0)

/** Why a provider would not take a stored request in another mode than an edit; null where it takes it. */
export const refusalOf = (provider: ProviderDescription, spec: JobSpec): Text | null => {
  const { mode, options, prompt, negativePrompt, files } = spec
  const offer = provider.modes[mode]
  // The service itself judges an edit, as in the versions that knew no other mode.
  if (mode === 'edit' && offer) return null
  const problem = fileSetProblem(provider, mode, files)
  if (problem || !offer || mode === 'edit')
    return problem && { key: `finding.files_${problem.variant}`, values: problem.values }
  const { findings } = checkEdit({
    prompt,
    negativePrompt,
    options,
    imageCount: filesOf(files, 'reference-image').length,
    clipSeconds: spec.estimate?.seconds.input ?? null,
    limits: offer.limits,
    made: { mode, provider, needs: offer.needs, files },
    hasKey: true,
  })
  return findings.find(({ level }) => level === 'fail')?.text ?? null
}

/** A file and what will be sent; `expected` is null until the file is checked. */
interface JudgedFile extends SubmittedFile {
  expected: Forecast | null
}

/**
 * Checks a submission: its report, blockers and estimate. Runs no tools.
 * @param price estimates the cost of clips and reference videos of these seconds
 */
export const checkSubmission = (
  submission: Submission,
  price: (seconds: number) => Estimate,
): DraftCheck => {
  const { provider, prompt, negativePrompt, options } = submission
  const firstFrame = beginsWith(submission.files)
  const files = submission.files.map(
    (file): JudgedFile => ({
      ...file,
      expected: expectedOf(file, { role: file.role, firstFrame }),
    }),
  )
  const { mode } = submission
  const clip = fileOf(files, 'clip')?.expected?.facts ?? null
  const seconds = mode === 'edit' ? secondsOf(clip) : inputSeconds(files)
  const offer = modeRow(provider, mode)
  const subject: EditSubject = {
    prompt,
    negativePrompt,
    imageCount: filesOf(files, 'reference-image').length,
    options,
    clipSeconds: seconds,
    clipSize: sizeOf(clip),
    limits: offer.limits,
    made: mode === 'edit' ? undefined : { mode, provider, needs: offer.needs, files },
    storage: storageFor(submission, submission.hasBucket),
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
  const { mode, provider, prompt } = submission
  const clip = fileOf(files, 'clip')
  const isWithoutClip = clip?.item == null || clip.item.state === 'missing'
  const unusable = files.filter((file) => file.item?.state !== 'checking' && !isUsable(file))
  // An edit without its clip has a blocker of its own.
  const others = unusable.filter((file) => mode !== 'edit' || file.item?.state === 'checked')
  const standing: [Blocker, boolean][] = [
    ['no-clip', mode === 'edit' && isWithoutClip],
    ['checking', files.some(({ item }) => item?.state === 'checking')],
    ['clip', others.some(({ role }) => !isPicture(role))],
    ['image', unusable.some(({ role }) => isPicture(role))],
    ['empty', isEmpty(mode, prompt, submission.files, modeRow(provider, mode).needs)],
    ['edit', failing.some(({ rule }) => rule !== 'key' && rule !== 'storage')],
    ['key', failing.some(({ rule }) => rule === 'key')],
    ['bucket', failing.some(({ rule }) => rule === 'storage')],
  ]
  return standing.flatMap(([blocker, stands]) => (stands ? [blocker] : []))
}

/** Whether a file is checked, and what will be sent of it can be used in its role. */
const isUsable = ({ item, expected }: JudgedFile): boolean =>
  item?.state === 'checked' && expected !== null && expected.report.verdict !== 'fail'

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
    files: submission.files.map(({ id, role, item, fix, selection, of }) => {
      const found = pathOf(id)
      if (!found || !item)
        throw new EditError({ key: 'edits.unknown_file', values: {} }, 'fix-file')
      const spec = fileSpecOf({ ...found, role, name: item.name, fix, selection })
      return of === undefined ? spec : { ...spec, of }
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
