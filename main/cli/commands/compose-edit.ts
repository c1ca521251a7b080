import path from 'node:path'
import {
  type EditOptions as ChosenOptions,
  editOptions,
  type Facts,
  modeRow,
  type ProviderDescription,
  type Report,
  type Text,
} from '../../../preload/contract'
import { sizeOf, storageFor } from '../../edits/draft-check'
import { fileSpecOf } from '../../edits/draft-spec'
import type { EditSpec } from '../../edits/edit-spec'
import { checkEdit, checkFile, type OptionName, unsupportedOptions } from '../../preflight'
import { estimate } from '../../providers/prices'
import type { Services } from '../../services/services'
import type { CliContext } from '../context'
import type { EditOptions } from '../options/edit-options'
import { isPreparable, prepareWords } from '../words/prepare-hint'
import { CliRefusal, failuresOf, findingLines, type Speak } from '../words/words'

interface Checked {
  /** As it was given. */
  given: string
  path: string
  name: string
  facts: Facts
  report: Report
}

/**
 * Turns the words of `reshoot edit` into an edit, checked as the window checks a draft.
 * Throws a `CliRefusal` with what was measured; nothing is changed in silence.
 */
export const composeEdit = async (
  options: EditOptions,
  services: Services,
  context: CliContext,
  warn: (line: string) => void,
  speak: Speak,
): Promise<EditSpec> => {
  const look = async (given: string): Promise<Checked> => {
    const file = path.resolve(context.cwd, given)
    const facts = await services.media.inspect(file, { signal: context.signal })
    const name = path.basename(file)
    return { given, path: file, name, facts, report: checkFile(facts, name) }
  }
  const [clip, ...images] = await Promise.all([options.clip, ...options.images].map(look))
  if (!clip) throw new CliRefusal({ key: 'cli.refused', values: {} })
  refuseKind(clip, 'video')
  for (const image of images) refuseKind(image, 'image')
  for (const file of [clip, ...images]) refuseFailing(file)

  const provider = providerOf(options, services)
  const offer = modeRow(provider, 'edit')
  const chosen = optionsFrom(options)
  refuseUnsupported(chosen, provider)
  const seconds = clip.facts.kind === 'video' ? clip.facts.duration : null
  const report = checkEdit({
    prompt: options.prompt,
    negativePrompt: options.negative,
    imageCount: images.length,
    options: chosen,
    clipSeconds: seconds,
    clipSize: sizeOf(clip.facts),
    limits: offer.limits,
    storage: storageFor(provider, services.bucket.isReady()),
    hasKey: provider.key !== 'none',
    needsKey: provider.key !== 'not-needed',
  })
  if (report.verdict === 'fail')
    throw new CliRefusal(
      { key: 'cli.refused', values: {} },
      failuresOf(report),
      hintsFor(report, provider),
    )
  const warnings = [clip.report, ...images.map((image) => image.report), report].flatMap(
    ({ findings }) => findings.filter(({ level }) => level === 'warn'),
  )
  for (const line of findingLines(warnings, speak)) warn(line)

  const { path: clipPath, name } = clip
  return {
    provider: provider.id,
    prompt: options.prompt,
    negativePrompt: options.negative,
    clip: { ...fileSpecOf(null, clipPath, name), selection: null },
    images: images.map((image) => fileSpecOf(null, image.path, image.name)),
    options: chosen,
    estimate: seconds === null ? null : estimate(offer, { seconds, options: chosen }),
  }
}

/** What is set up once, in the window or for the shell. */
const hintsFor = (report: Report, { keyVariable, pages }: ProviderDescription): Text[] => {
  const failing = new Set(failuresOf(report).map(({ rule }) => rule))
  const values = { variable: keyVariable ?? '', page: pages?.keys ?? '' }
  const key = { key: pages ? 'cli.key_hint_page' : 'cli.key_hint', values }
  return [
    ...(failing.has('key') ? [key] : []),
    ...(failing.has('storage') ? [{ key: 'cli.bucket_hint', values: {} }] : []),
  ]
}

const optionsFrom = (options: EditOptions) =>
  editOptions.parse({
    quality: options.quality,
    ratio: options.ratio,
    sound: options.keepAudio ? 'keep' : 'auto',
    seed: options.seed,
    promptExtend: options.promptExtend,
    watermark: options.watermark,
    cut: options.cut,
    callbackUrl: options.callback,
  })

/** Words of the command line by what they ask for. */
const flags: Record<OptionName, string> = {
  sound: '--keep-audio',
  promptExtend: '--no-prompt-extend',
  watermark: '--watermark',
  callback: '--callback',
}

const refuseUnsupported = (chosen: ChosenOptions, provider: ProviderDescription): void => {
  const [option] = unsupportedOptions(chosen, modeRow(provider, 'edit').limits)
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

const refuseKind = (file: Checked, kind: 'video' | 'image'): void => {
  if (file.facts.kind === kind || file.report.verdict === 'fail') return
  throw new CliRefusal({ key: `cli.not_${kind}`, values: { name: file.name } })
}

const refuseFailing = (file: Checked): void => {
  if (file.report.verdict !== 'fail') return
  const failing = failuresOf(file.report)
  const hint = { key: 'cli.prepare_hint', values: { command: prepareWords(file) } }
  throw new CliRefusal(
    { key: 'cli.refused_file', values: { name: file.name } },
    failing,
    isPreparable(file) ? [hint] : [],
  )
}
