import type { AspectRatio, EditOptions, ProviderLimits } from '../../preload/contract'
import { callbackProblem, longestCallback } from './callback-url'
import { type Judgement, type Rule, within } from './judgement'
import { nearestRatio } from './nearest-ratio'
import { type OptionName, unsupportedOptions } from './unsupported-options'

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
  /** Whether all files find a place that the provider can read; 'unsure' where it may refuse some. Default 'ready'. */
  storage?: 'ready' | 'unsure' | 'missing'
  hasKey: boolean
  /** Default true. */
  needsKey?: boolean | undefined
}

/** The ratio that is sent although none was chosen; null where the clip keeps its own, or is not known yet. */
export const impliedRatio = ({
  options,
  limits,
  clipSize,
}: Pick<EditSubject, 'options' | 'limits' | 'clipSize'>): AspectRatio | null =>
  options.ratio === null && !limits.keepsRatio && clipSize
    ? nearestRatio(clipSize, limits.ratios)
    : null

type EditRule = Rule<EditSubject>

const fail = (
  broken: boolean,
  judgement: Omit<Judgement, 'level' | 'variant'> & { variant?: string },
  pass = 'pass',
): Judgement => ({
  ...judgement,
  level: broken ? 'fail' : 'pass',
  variant: broken ? (judgement.variant ?? 'broken') : pass,
})

/** Unicode code points, as the service counts. */
export const characters = (text: string): number => [...text].length

const textRule = (
  rule: 'prompt' | 'negative_prompt',
  of: (subject: EditSubject) => [string, number],
): EditRule => ({
  rule,
  judge: (subject) => {
    const [text, max] = of(subject)
    const measured = characters(text)
    const long = measured > max
    return {
      level: long ? 'warn' : 'pass',
      measured,
      limit: max,
      variant: long ? 'long' : 'pass',
      values: { measured, max },
    }
  },
})

const images: EditRule = {
  rule: 'images',
  judge: ({ imageCount, limits: { images: bound } }) => {
    const limit = { min: bound.min, max: bound.max }
    const values = { measured: imageCount, ...bound }
    const broken = !within(imageCount, bound)
    const unused = !broken && imageCount > bound.used
    const variant = broken ? (imageCount < bound.min ? 'few' : 'many') : unused ? 'unused' : 'pass'
    return {
      level: broken ? 'fail' : unused ? 'warn' : 'pass',
      measured: imageCount,
      limit,
      variant,
      values,
    }
  },
}

const seed: EditRule = {
  rule: 'seed',
  judge: ({ options, limits }) =>
    fail(
      options.seed !== null &&
        !(Number.isInteger(options.seed) && within(options.seed, limits.seed)),
      {
        measured: options.seed,
        limit: { ...limits.seed },
        values: { measured: options.seed ?? 0, ...limits.seed },
      },
      options.seed === null ? 'unset' : 'pass',
    ),
}

const cut: EditRule = {
  rule: 'cut',
  judge: ({ options: { cut: measured }, limits, clipSeconds }) => {
    const longer = clipSeconds !== null && measured > clipSeconds
    const outside = !(Number.isInteger(measured) && within(measured, limits.cut))
    return fail(
      measured !== 0 && (outside || longer),
      {
        measured,
        limit: { ...limits.cut },
        variant: outside ? 'broken' : 'longer',
        values: { measured, ...limits.cut, clip: clipSeconds ?? 0 },
      },
      measured === 0 ? 'unset' : 'pass',
    )
  },
}

const quality: EditRule = {
  rule: 'quality',
  judge: ({ options, limits }) =>
    fail(!limits.qualities.includes(options.quality), {
      measured: options.quality,
      limit: limits.qualities.join(', '),
      values: { measured: options.quality, limit: limits.qualities.join(', ') },
    }),
}

const ratio: EditRule = {
  rule: 'ratio',
  judge: (subject) => {
    const { options, limits } = subject
    const limit = limits.ratios.join(', ')
    const implied = impliedRatio(subject)
    const judgement = {
      measured: options.ratio,
      limit,
      values: { measured: options.ratio ?? '', limit },
    }
    // A service that always wants a ratio is sent the one nearest to the clip's.
    if (implied !== null)
      return { ...judgement, level: 'info', variant: 'implied', values: { ratio: implied } }
    if (options.ratio === null && !limits.keepsRatio)
      return { ...judgement, level: 'info', variant: 'nearest' }
    return fail(
      options.ratio !== null && !limits.ratios.includes(options.ratio),
      judgement,
      options.ratio === null ? 'unset' : 'pass',
    )
  },
}

const callback: EditRule = {
  rule: 'callback',
  judge: ({ options: { callbackUrl }, limits }) => {
    const refused = callbackUrl !== null && !limits.options.callback
    const problem = callbackUrl === null ? null : callbackProblem(callbackUrl)
    return fail(
      refused || problem !== null,
      {
        measured: callbackUrl,
        limit: limits.options.callback,
        variant: refused ? 'refused' : (problem ?? 'refused'),
        values: { measured: callbackUrl ?? '', max: longestCallback },
      },
      callbackUrl === null ? 'unset' : 'pass',
    )
  },
}

/** What was chosen and the provider lacks: the edit can be sent, and is without it. */
const optionRule = (name: Exclude<OptionName, 'callback'>): EditRule => ({
  rule: 'options',
  judge: ({ options, limits }) =>
    unsupportedOptions(options, limits).includes(name)
      ? { level: 'warn', measured: name, limit: false, variant: name }
      : null,
})

const storage: EditRule = {
  rule: 'storage',
  judge: ({ storage: state = 'ready' }) => {
    const levels = { ready: 'pass', unsure: 'info', missing: 'fail' } as const
    const variant = state === 'ready' ? 'pass' : state
    return { level: levels[state], measured: state !== 'missing', limit: true, variant }
  },
}

const key: EditRule = {
  rule: 'key',
  judge: ({ hasKey, needsKey = true }) =>
    fail(!hasKey, { measured: hasKey, limit: true }, needsKey ? 'pass' : 'unneeded'),
}

/** The table of RULES.md, in its order. */
export const editRules: readonly EditRule[] = [
  textRule('prompt', ({ prompt, limits }) => [prompt, limits.promptCharacters]),
  textRule('negative_prompt', ({ negativePrompt, limits }) => [
    negativePrompt,
    limits.negativePromptCharacters,
  ]),
  images,
  seed,
  cut,
  quality,
  ratio,
  callback,
  optionRule('sound'),
  optionRule('promptExtend'),
  optionRule('watermark'),
  storage,
  key,
]
