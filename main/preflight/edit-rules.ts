import {
  type AspectRatio,
  durationFor,
  type EditOptions,
  type FileRole,
  fileOf,
  fileSetProblem,
  isEmpty,
  type Mode,
  modeData,
  type ProviderLimits,
  type ProviderMode,
  ratioFor,
  type SetFile,
  type SetProvider,
} from '../../preload/contract'
import { within } from '../../preload/contract/wan27'
import { callbackProblem, longestCallback } from './callback-url'
import { nearestRatio } from './geometry'
import { judgeFlag, type Rule } from './judgement'
import { shownNumber } from './wording'

/** What the edit's own rules look at. */
export interface EditSubject {
  prompt: string
  negativePrompt: string
  imageCount: number
  options: EditOptions
  /** Seconds of the clip that will be sent; null while unknown. */
  clipSeconds: number | null
  /** Displayed pixels of the clip that will be sent; null while unknown. */
  clipSize?: { width: number; height: number } | null
  limits: ProviderLimits
  /** Whether the provider can read every file; 'unsure' where it may refuse some. Default 'ready'. */
  storage?: 'ready' | 'unsure' | 'missing'
  hasKey: boolean
  /** Default true. */
  needsKey?: boolean | undefined
  /** A request in another mode than an edit, whose files are judged as a set. */
  made?: MadeSubject | undefined
}

/** What the rules of the other modes look at besides. */
interface MadeSubject {
  mode: Exclude<Mode, 'edit'>
  provider: SetProvider
  needs: ProviderMode['needs']
  files: readonly SetFile[]
}

type EditRule = Rule<EditSubject>

/** The ratio that is sent although none was chosen; null where the clip keeps its own, or is still unknown. */
export const impliedRatio = ({
  options,
  limits,
  clipSize,
}: Pick<EditSubject, 'options' | 'limits' | 'clipSize'>): AspectRatio | null =>
  options.ratio === null && !limits.keepsRatio && clipSize
    ? nearestRatio(clipSize, limits.ratios)
    : null

/** An option that some providers do not have. */
export type OptionName = keyof ProviderLimits['options']

/** Whether an option differs from what happens without it. */
const isAsked: Record<OptionName, (options: EditOptions) => boolean> = {
  sound: ({ sound }) => sound === 'keep',
  promptExtend: ({ promptExtend }) => !promptExtend,
  watermark: ({ watermark }) => watermark,
  callback: ({ callbackUrl }) => callbackUrl !== null,
}

/** The options that were chosen and that the provider would silently ignore. */
export const unsupportedOptions = (options: EditOptions, limits: ProviderLimits): OptionName[] =>
  (Object.keys(isAsked) as OptionName[]).filter(
    (name) => !limits.options[name] && isAsked[name](options),
  )

/** Unicode code points, as the service counts them. */
export const characters = (text: string): number => [...text].length

/** Whether the mode requires a prompt that is not there. An edit without one has a blocker of its own. */
const lacksPrompt = ({ made, prompt }: EditSubject): boolean =>
  made !== undefined && isEmpty(made.mode, prompt, made.files, made.needs)

const textRule = (
  rule: 'prompt' | 'negative_prompt',
  name: 'prompt' | 'negativePrompt',
): EditRule => ({
  rule,
  judge: (subject) => {
    const { limits, [name]: text } = subject
    if (name === 'prompt' && lacksPrompt(subject))
      return { level: 'fail', measured: 0, limit: 1, variant: 'missing' }
    const max = limits[`${name}Characters`]
    const measured = characters(text)
    const values = { measured, max }
    const isLong = measured > max
    const flag = { measured, limit: max, values }
    return limits.refusesLongText
      ? judgeFlag(isLong, 'fail', { ...flag, variant: 'refused' })
      : judgeFlag(isLong, 'warn', { ...flag, variant: 'long' })
  },
})

const rolesOf = (files: readonly { role: FileRole }[]): string =>
  files.map(({ role }) => role).join(' + ')

const judgeFiles: EditRule['judge'] = ({ made }) => {
  if (!made) return null
  const problem = fileSetProblem(made.provider, made.mode, made.files)
  const of = { measured: rolesOf(made.files), limit: made.mode }
  return problem ? { level: 'fail', ...of, ...problem } : { level: 'pass', ...of, variant: 'pass' }
}

const judgeDuration: EditRule['judge'] = ({ made, options, limits, clipSeconds }) => {
  const { duration } = limits
  const measured = durationFor(limits, options.duration)
  if (!made || !duration || measured === undefined) return null
  const hasVideo = fileOf(made.files, 'reference-video') !== undefined
  const max = hasVideo ? Math.min(duration.max, duration.withVideo) : duration.max
  const limit = { min: duration.min, max }
  const outside = !(Number.isInteger(measured) && within(measured, limit))
  const clip = fileOf(made.files, 'clip') ? (clipSeconds ?? 0) : 0
  return judgeFlag(outside || measured < clip, 'fail', {
    measured,
    limit,
    variant: outside ? 'broken' : 'shorter',
    values: { measured, ...limit, clip: shownNumber(clip, [measured]) },
  })
}

const judgeImages: EditRule['judge'] = ({ made, imageCount: measured, limits: { images } }) => {
  if (made) return null // a part of the set
  const { min, max, used } = images
  const flag = { measured, limit: { min, max }, values: { measured, ...images } }
  return within(measured, { min, max })
    ? judgeFlag(measured > used, 'warn', { ...flag, variant: 'unused' })
    : judgeFlag(true, 'fail', { ...flag, variant: measured < min ? 'few' : 'many' })
}

const judgeSeed: EditRule['judge'] = ({ options: { seed }, limits: { seed: range } }) =>
  judgeFlag(seed !== null && !(Number.isInteger(seed) && within(seed, range)), 'fail', {
    measured: seed,
    limit: { ...range },
    values: { measured: seed ?? 0, ...range },
    kept: seed === null ? 'unset' : 'pass',
  })

const judgeCut: EditRule['judge'] = ({
  made,
  options: { cut },
  limits: { cut: range },
  clipSeconds,
}) => {
  if (made) return null // `judgeDuration` judges the length of the result
  const outside = !(Number.isInteger(cut) && within(cut, range))
  const longer = clipSeconds !== null && cut > clipSeconds
  return judgeFlag(cut !== 0 && (outside || longer), 'fail', {
    measured: cut,
    limit: { ...range },
    variant: outside ? 'broken' : 'longer',
    values: { measured: cut, ...range, clip: shownNumber(clipSeconds ?? 0, [cut]) },
    kept: cut === 0 ? 'unset' : 'pass',
  })
}

const judgeQuality: EditRule['judge'] = ({ options: { quality: measured }, limits }) => {
  const limit = limits.qualities.join(', ')
  const broken = !limits.qualities.includes(measured)
  return judgeFlag(broken, 'fail', { measured, limit, values: { measured, limit } })
}

const judgeRatio: EditRule['judge'] = (subject) => {
  const { ratio } = subject.options
  const { ratios, keepsRatio } = subject.limits
  const limit = ratios.join(', ')
  const flag = { measured: ratio, limit, values: { measured: ratio ?? '', limit } }
  if (subject.made && modeData(subject.made.mode).ratio !== 'clip') {
    const sent = ratioFor(subject.made.mode, subject.made.files, ratio)
    if (sent !== null)
      return judgeFlag(!ratios.includes(sent), 'fail', {
        ...flag,
        measured: sent,
        values: { measured: sent, limit },
      })
    return judgeFlag(ratio !== null, 'warn', { ...flag, variant: 'ignored', kept: 'follows' })
  }
  if (ratio !== null) return judgeFlag(!ratios.includes(ratio), 'fail', flag)
  // A provider that requires a ratio gets the one nearest to the clip's.
  const implied = impliedRatio(subject)
  return implied === null
    ? judgeFlag(!keepsRatio, 'info', { ...flag, variant: 'nearest', kept: 'unset' })
    : { ...flag, level: 'info', variant: 'implied', values: { ratio: implied } }
}

const judgeCallback: EditRule['judge'] = ({ options: { callbackUrl }, limits: { options } }) => {
  const problem = callbackUrl === null ? null : callbackProblem(callbackUrl)
  const refused = callbackUrl !== null && !options.callback
  return judgeFlag(refused || problem !== null, 'fail', {
    measured: callbackUrl,
    limit: options.callback,
    variant: refused || problem === null ? 'refused' : problem,
    values: { measured: callbackUrl ?? '', max: longestCallback },
    kept: callbackUrl === null ? 'unset' : 'pass',
  })
}

/** An option that the provider lacks: the edit can be sent, but without it. */
const optionRule = (name: Exclude<OptionName, 'callback'>): EditRule => ({
  rule: 'options',
  judge: ({ options, limits }) =>
    unsupportedOptions(options, limits).includes(name)
      ? { level: 'warn', measured: name, limit: false, variant: name }
      : null,
})

const storageLevels = { ready: 'pass', unsure: 'info', missing: 'fail' } as const

/** The rules for the edit itself, in the order of docs/preflight.md. */
export const editRules: readonly EditRule[] = [
  textRule('prompt', 'prompt'),
  textRule('negative_prompt', 'negativePrompt'),
  { rule: 'files', judge: judgeFiles },
  { rule: 'images', judge: judgeImages },
  { rule: 'seed', judge: judgeSeed },
  { rule: 'cut', judge: judgeCut },
  { rule: 'result_duration', judge: judgeDuration },
  { rule: 'quality', judge: judgeQuality },
  { rule: 'ratio', judge: judgeRatio },
  { rule: 'callback', judge: judgeCallback },
  optionRule('sound'),
  optionRule('promptExtend'),
  optionRule('watermark'),
  {
    rule: 'storage',
    judge: ({ storage = 'ready' }) =>
      judgeFlag(storage !== 'ready', storageLevels[storage], {
        measured: storage !== 'missing',
        limit: true,
        variant: storage,
      }),
  },
  {
    rule: 'key',
    judge: ({ hasKey, needsKey = true }) =>
      judgeFlag(!hasKey, 'fail', {
        measured: hasKey,
        limit: true,
        kept: needsKey ? 'pass' : 'unneeded',
      }),
  },
]
