import path from 'node:path'
import {
  type AspectRatio,
  type EditOptions as ChosenOptions,
  editOptions,
  type Facts,
  type Mode,
  modeRow,
  type ProviderDescription,
  type ProviderId,
  type Quality,
  type Report,
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
import { forecast, lengthOf, type OptionName, unsupportedOptions } from '../../preflight'
import { estimate } from '../../providers/prices'
import type { Services } from '../../services/services'
import type { CliContext } from '../context'
import { type Checked, isPreparable, prepareWords } from '../words/files'
import { CliRefusal, failuresOf, findingLines, type Speak } from '../words/words'

/** The options of `reshoot edit`, parsed. */
export interface EditOptions {
  clip: string
  prompt: string
  negative: string
  images: readonly string[]
  provider: ProviderId | undefined
  quality: Quality
  ratio: AspectRatio | null
  /** Seconds of the clip to send, from its beginning; 0 for all. */
  cut: number
  keepAudio: boolean
  seed: number | null
  watermark: boolean
  /** Null for the default of the provider. */
  promptExtend: boolean | null
  /** URL that the service calls when the task has ended. */
  callback: string | null
  /** Submits even above the spending limit. */
  yes: boolean
  wait: boolean
  json: boolean
  home: string | undefined
}

/** The mode of `reshoot edit`. */
const mode = 'edit' satisfies Mode

interface CheckedFile extends Checked {
  path: string
  name: string
  /** The part of a clip that is sent; null for all. */
  selection: Selection | null
}

/** The first seconds of a clip; null where it has no more. */
const firstSeconds = (facts: Facts, seconds: number): Selection | null => {
  const length = facts.kind === 'video' ? lengthOf(facts) : null
  if (facts.kind !== 'video' || seconds === 0 || length === null || length <= seconds) return null
  const start = facts.videoStart ?? 0
  return { start, end: start + seconds }
}

/**
 * Makes a job from the options of `reshoot edit`, with the same checks as a draft in the window.
 * Throws a `CliRefusal` with the failing findings.
 */
export const composeEdit = async (
  options: EditOptions,
  services: Services,
  context: CliContext,
  warn: (line: string) => void,
  speak: Speak,
): Promise<JobSpec> => {
  const inspect = async (given: string, index: number): Promise<CheckedFile> => {
    const file = path.resolve(context.cwd, given)
    const facts = await services.media.inspect(file, { signal: context.signal, decode: true })
    const name = path.basename(file)
    const selection = index === 0 ? firstSeconds(facts, options.cut) : null
    const { report } = forecast(name, facts, selection, noFix)
    return { given, path: file, name, facts, report, selection }
  }
  const [clip, ...images] = await Promise.all([options.clip, ...options.images].map(inspect))
  if (!clip) throw new CliRefusal({ key: 'cli.refused', values: {} })
  refuseKind(clip, 'video')
  for (const image of images) refuseKind(image, 'image')
  const checked = [clip, ...images]
  for (const file of checked) refuseFailing(file)

  const provider = providerOf(options, services)
  const offer = modeRow(provider, mode)
  // Cut here, so that the rest is neither sent nor billed. More seconds than the clip has are refused by their rule.
  const chosen = optionsFrom({ ...options, cut: clip.selection ? 0 : options.cut }, provider)
  refuseUnsupported(chosen, provider, offer.limits)
  const submission: Submission = {
    mode,
    provider,
    hasBucket: services.bucket.isReady(),
    prompt: options.prompt,
    negativePrompt: options.negative,
    options: chosen,
    files: checked.map(({ path: id, name, facts, selection }, index) => ({
      role: index === 0 ? 'clip' : 'reference-image',
      id,
      item: { name, facts, state: 'checked' },
      fix: noFix,
      selection,
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
  const warnings = [...checked.map(({ report }) => report), check.report].flatMap(({ findings }) =>
    findings.filter(({ level }) => level === 'warn'),
  )
  for (const line of findingLines(warnings, speak)) warn(line)
  return toJobSpec(submission, check, (id) => ({ path: id, mediaId: null }))
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

const optionsFrom = (options: EditOptions, provider: ProviderDescription) => {
  const { promptExtend } = newOptions(provider, mode, editOptions.parse({}))
  return editOptions.parse({
    quality: options.quality,
    ratio: options.ratio,
    sound: options.keepAudio ? 'keep' : 'auto',
    seed: options.seed,
    promptExtend: options.promptExtend ?? promptExtend,
    watermark: options.watermark,
    cut: options.cut,
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

const providerOf = (options: EditOptions, services: Services): ProviderDescription => {
  const id = options.provider ?? services.settings.get().provider
  const provider = services.providers.describe().find((described) => described.id === id)
  if (provider) return provider
  throw new CliRefusal({ key: 'edits.unknown_provider', values: { provider: id } })
}

const refuseKind = (file: CheckedFile, kind: 'video' | 'image'): void => {
  if (file.facts.kind === kind || file.report.verdict === 'fail') return
  throw new CliRefusal({ key: `cli.not_${kind}`, values: { name: file.name } })
}

const refuseFailing = (file: CheckedFile): void => {
  if (file.report.verdict !== 'fail') return
  const failing = failuresOf(file.report)
  const hint = { key: 'cli.prepare_hint', values: { command: prepareWords(file) } }
  throw new CliRefusal(
    { key: 'cli.refused_file', values: { name: file.name } },
    failing,
    isPreparable(file) ? [hint] : [],
  )
}
