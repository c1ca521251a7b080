import path from 'node:path'
import {
  type AspectRatio,
  type EditOptions as ChosenOptions,
  durationFor,
  editOptions,
  type Facts,
  type FileRole,
  type Mode,
  modeRow,
  type ProviderDescription,
  type ProviderId,
  providerRows,
  type Quality,
  type Report,
  ratioFor,
  type Selection,
  type Text,
} from '../../../preload/contract'
import type { JobSpec } from '../../edits/job-spec'
import {
  checkSubmission,
  newOptions,
  noFix,
  type Submission,
  toJobSpec,
} from '../../edits/submission'
import {
  forecast,
  isClipRole,
  isSoundRole,
  lengthOf,
  type OptionName,
  unsupportedOptions,
} from '../../preflight'
import { estimate } from '../../providers/prices'
import type { Services } from '../../services/services'
import type { CliContext } from '../context'
import { type Checked, isPreparable, prepareWords } from '../words/files'
import { CliRefusal, failuresOf, findingLines, type Speak } from '../words/words'

/** A file as a person gives it. 'reference' is an image or a video, which its content tells. */
export interface GivenFile {
  role: FileRole | 'reference'
  /** The path as given. */
  path: string
  /** Of a voice: the number of its reference, from 1. */
  of?: number
}

/** What `edit` and `create` submit, parsed. */
export interface ComposeOptions {
  mode: Mode
  /** In the order of the request. */
  files: readonly GivenFile[]
  prompt: string
  negative: string
  provider: ProviderId | undefined
  quality: Quality
  ratio: AspectRatio | null
  /** Seconds of an edit's clip to send, from its beginning; 0 for all. */
  cut: number
  /** Seconds of a new video; null for the usual length. */
  duration: number | null
  keepAudio: boolean
  seed: number | null
  watermark: boolean
  /** Null for the default of the provider. */
  promptExtend: boolean | null
  /** URL that the service calls when the task has ended. */
  callback: string | null
}

interface CheckedFile extends Checked {
  role: FileRole
  path: string
  name: string
  /** The part of a clip that is sent; null for all. */
  selection: Selection | null
  of?: number
}

/** The first seconds of a clip; null where it has no more. */
const firstSeconds = (facts: Facts, seconds: number): Selection | null => {
  const length = facts.kind === 'video' ? lengthOf(facts) : null
  if (facts.kind !== 'video' || seconds === 0 || length === null || length <= seconds) return null
  const start = facts.videoStart ?? 0
  return { start, end: start + seconds }
}

const roleOf = ({ role }: GivenFile, { kind }: Facts): FileRole => {
  if (role !== 'reference') return role
  return kind === 'video' ? 'reference-video' : 'reference-image'
}

/**
 * Makes a job from the options of a command, with the same checks as a draft in the window.
 * Throws a `CliRefusal` with the failing findings.
 */
export const compose = async (
  options: ComposeOptions,
  services: Services,
  context: CliContext,
  warn: (line: string) => void,
  speak: Speak,
): Promise<JobSpec> => {
  const { mode } = options
  const inspect = async (given: GivenFile): Promise<CheckedFile> => {
    const file = path.resolve(context.cwd, given.path)
    const facts = await services.media.inspect(file, { signal: context.signal, decode: true })
    const name = path.basename(file)
    const role = roleOf(given, facts)
    const selection = role === 'clip' ? firstSeconds(facts, options.cut) : null
    const purpose = { role }
    const { report } = forecast(name, facts, selection, noFix, purpose)
    const { path: as, of } = given
    const voice = of === undefined ? {} : { of }
    return { role, given: as, path: file, name, facts, report, purpose, selection, ...voice }
  }
  const checked = await Promise.all(options.files.map(inspect))
  for (const file of checked) refuseKind(file)
  for (const file of checked) refuseFailing(file)

  const provider = providerOf(options, services)
  const offer = offerOf(provider, mode)
  // Cut here, so that the rest is neither sent nor billed. More seconds than the clip has are refused by their rule.
  const isCut = checked.some(({ selection }) => selection !== null)
  const chosen = optionsFrom({ ...options, cut: isCut ? 0 : options.cut }, checked, provider)
  refuseUnsupported(chosen, provider, offer.limits)
  const submission: Submission = {
    mode,
    provider,
    hasBucket: services.bucket.isReady(),
    prompt: options.prompt,
    negativePrompt: options.negative,
    options: chosen,
    files: checked.map(({ role, path: id, name, facts, selection, of }) => ({
      role,
      id,
      item: { name, facts, state: 'checked' },
      fix: noFix,
      selection,
      of,
    })),
  }
  const check = checkSubmission(submission, (seconds) =>
    estimate(offer, { seconds, options: chosen }),
  )
  if (check.report.verdict === 'fail')
    throw new CliRefusal(
      { key: 'cli.refused', values: {} },
      failuresOf(check.report),
      hintsFor(check.report, provider),
    )
  // Those of the submission know what a last frame is compared with.
  const warnings = [...check.files.map(({ report }) => report), check.report].flatMap(
    ({ findings }) => findings.filter(({ level }) => level === 'warn'),
  )
  for (const line of findingLines(warnings, speak)) warn(line)
  return toJobSpec(submission, check, (id) => ({ path: id, mediaId: null }))
}

/** What a provider offers in a mode. Throws a `CliRefusal` that names those who do where it offers nothing. */
const offerOf = (provider: ProviderDescription, mode: Mode) => {
  const offer = provider.modes[mode]
  if (offer) return offer
  const others = Object.values(providerRows).filter(({ modes }) => modes[mode])
  const values = {
    provider: provider.name,
    mode: `mode.${mode}`,
    choices: others.map(({ id }) => id).join(', '),
  }
  throw new CliRefusal({ key: 'cli.no_mode', values })
}

/** How to set up a missing key or bucket. */
const hintsFor = (report: Report, { keyVariable, pages }: ProviderDescription): Text[] => {
  const failing = new Set(failuresOf(report).map(({ rule }) => rule))
  const values = { variable: keyVariable ?? '', page: pages?.keys ?? '' }
  const key = { key: pages ? 'cli.key_hint_page' : 'cli.key_hint', values }
  return [
    ...(failing.has('key') ? [key] : []),
    ...(failing.has('storage') ? [{ key: 'cli.bucket_hint', values: {} }] : []),
  ]
}

const optionsFrom = (
  options: ComposeOptions,
  files: readonly CheckedFile[],
  provider: ProviderDescription,
) => {
  const { mode, duration, ratio } = options
  const { promptExtend } = newOptions(provider, mode, editOptions.parse({}))
  const usual = durationFor(modeRow(provider, mode).limits, duration ?? undefined)
  return editOptions.parse({
    quality: options.quality,
    ratio: ratio ?? ratioFor(mode, files, null),
    sound: options.keepAudio ? 'keep' : 'auto',
    seed: options.seed,
    promptExtend: options.promptExtend ?? promptExtend,
    watermark: options.watermark,
    cut: options.cut,
    ...(usual === undefined ? {} : { duration: usual }),
    callbackUrl: options.callback,
  })
}

/** Options of the command line that some providers do not support. */
const flags: Record<OptionName, string> = {
  sound: '--keep-audio',
  promptExtend: '--no-prompt-extend',
  watermark: '--watermark',
  callback: '--callback',
}

const refuseUnsupported = (
  chosen: ChosenOptions,
  provider: ProviderDescription,
  limits: Parameters<typeof unsupportedOptions>[1],
): void => {
  const [option] = unsupportedOptions(chosen, limits)
  if (!option) return
  const values = { option: flags[option], provider: provider.name }
  throw new CliRefusal({ key: 'cli.unsupported', values })
}

const providerOf = (options: ComposeOptions, services: Services): ProviderDescription => {
  const id = options.provider ?? services.settings.get().provider
  const provider = services.providers.describe().find((described) => described.id === id)
  if (provider) return provider
  throw new CliRefusal({ key: 'edits.unknown_provider', values: { provider: id } })
}

/** Which kind of file a role asks for. */
const kindFor = (role: FileRole): 'video' | 'image' | 'sound' => {
  if (isSoundRole(role)) return 'sound'
  return isClipRole(role) ? 'video' : 'image'
}

const refuseKind = ({ role, name, facts }: CheckedFile): void => {
  const kind = kindFor(role)
  // A file that cannot be read says why, whatever it was to be; the sound of a clip can be taken.
  const isTold = facts.kind === 'other' || (kind === 'sound' && facts.kind === 'video')
  if (facts.kind === kind || isTold) return
  throw new CliRefusal({ key: `cli.not_${kind}`, values: { name } })
}

/** Roles for which a file is judged without being told so. */
const usualRoles: readonly FileRole[] = ['clip', 'reference-image']

const refuseFailing = (file: CheckedFile): void => {
  if (file.report.verdict !== 'fail') return
  const failing = failuresOf(file.report)
  const as = usualRoles.includes(file.role) ? undefined : file.role
  const command = prepareWords(file, undefined, { as })
  const hint = { key: 'cli.prepare_hint', values: { command } }
  throw new CliRefusal(
    { key: 'cli.refused_file', values: { name: file.name } },
    failing,
    isPreparable(file) ? [hint] : [],
  )
}
