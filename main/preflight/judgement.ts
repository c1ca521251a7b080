import type {
  Finding,
  Level,
  Range,
  Remedy,
  RuleId,
  SizeLimits,
  Text,
} from '../../preload/contract'
import { say } from '../../preload/contract/language'
import { within } from '../../preload/contract/wan27'
import { extensionOf } from './file-names'
import { contentKey, shownBytes, shownRatio } from './wording'

/** What a rule says about one value, before it becomes a sentence. */
export interface Judgement {
  level: Level
  measured: Finding['measured']
  limit: Finding['limit']
  /** Which of the rule's sentences applies: the text is `finding.<rule>_<variant>`. */
  variant: string
  values?: Record<string, string | number>
  remedy?: Remedy | undefined
}

/** A file with its facts. */
export interface Named<F> {
  facts: F
  /** The file's name. */
  name: string
}

/** A row of a rule table. `judge` gives null where there is nothing to measure. */
export interface Rule<Subject> {
  rule: RuleId
  judge: (subject: Subject) => Judgement | null
}

/** A judgement whose level and sentence follow from whether the rule is broken. */
type Flag = Omit<Judgement, 'level' | 'variant'> & {
  variant?: string
  /** The sentence where the rule is kept. Default 'pass'. */
  kept?: string
}

/** A rule that is either kept or broken. */
export const judgeFlag = (
  broken: boolean,
  level: Level,
  { variant = 'broken', kept = 'pass', ...judgement }: Flag,
): Judgement => ({
  ...judgement,
  level: broken ? level : 'pass',
  variant: broken ? variant : kept,
})

/** A damaged header may claim a size of zero. */
const rangeVariant = (value: number, range: Range): string => {
  if (within(value, range)) return 'pass'
  if (value <= 0) return 'unknown'
  return value < range.min ? 'low' : 'high'
}

const judgeRange = (
  value: number,
  range: Range,
  remedy: Remedy | undefined,
  shown: (value: number) => string | number,
): Judgement => ({
  level: within(value, range) ? 'pass' : 'fail',
  measured: value,
  limit: { ...range },
  variant: rangeVariant(value, range),
  values: { measured: shown(value), min: shown(range.min), max: shown(range.max) },
  remedy,
})

/** Displayed pixels; null where unknown. */
interface Picture {
  width: number | null
  height: number | null
}

interface PictureLimits {
  side: Range
  aspect: Range
}

/** The width or the height of a picture. `wide` is the width of a pixel divided by its height. */
export const judgeSide = (
  { width, height }: Picture,
  side: 'width' | 'height',
  { side: range, aspect }: PictureLimits,
  wide = 1,
): Judgement | null => {
  const value = side === 'width' ? width : height
  if (value === null) return null
  // Scaling keeps the ratio, so it helps only where the ratio is allowed. Padding also scales where needed.
  const repair = width && height && (within((width * wide) / height, aspect) ? 'scale' : 'pad')
  return judgeRange(value, range, repair || undefined, (pixels) => pixels)
}

/** Width divided by height. */
export const judgeAspect = (
  { width, height }: Picture,
  { aspect }: PictureLimits,
): Judgement | null =>
  width && height ? judgeRange(width / height, aspect, 'pad', shownRatio) : null

/** The size of a file. */
export const judgeBytes = (bytes: number, { warn, fail }: SizeLimits): Judgement => {
  const level = bytes > fail ? 'fail' : bytes > warn ? 'warn' : 'pass'
  const limit = level === 'warn' ? warn : fail
  return {
    level,
    measured: bytes,
    limit,
    variant: { fail: 'high', warn: 'near', pass: 'pass' }[level],
    values: { measured: shownBytes(bytes, [warn, fail]), max: shownBytes(limit, [], 2) },
    remedy: 'fit-size',
  }
}

/** Whether a name's extension fits the content; `allowed` starts with the usual one. */
export const judgeExtension = (
  name: string,
  allowed: readonly string[],
  content: string,
): Judgement => {
  const measured = extensionOf(name)
  return judgeFlag(!allowed.includes(measured), 'warn', {
    measured,
    limit: allowed.join(', '),
    variant: measured === '' ? 'none' : 'broken',
    values: { measured, content: contentKey(content), usual: allowed[0] ?? '' },
    remedy: 'rename',
  })
}

/** Most findings of a batch share their sentences, so they are cached. */
const mostCached = 2000
const sentences = new Map<string, string>()

const inEnglish = (text: Text): string => {
  const name = JSON.stringify(text)
  const known = sentences.get(name)
  if (known !== undefined) return known
  const sentence = say(text, 'en')
  if (sentences.size >= mostCached) sentences.clear()
  sentences.set(name, sentence)
  return sentence
}

/** Adds the sentences to a judgement. */
export const findingOf = (
  rule: RuleId,
  { level, measured, limit, variant, values = {}, remedy }: Judgement,
): Finding => {
  const text = { key: `finding.${rule}_${variant}`, values }
  const offered = remedy && level !== 'pass' ? { remedy } : {}
  return { rule, level, measured, limit, message: inEnglish(text), text, ...offered }
}

/**
 * The findings of a rule table, in its order.
 *
 * @param helps Whether a remedy can work on this subject; one that cannot is not offered.
 */
export const judgeAll = <Subject>(
  rules: readonly Rule<Subject>[],
  subject: Subject,
  helps: (remedy: Remedy) => boolean = () => true,
): Finding[] =>
  rules.flatMap(({ rule, judge }) => {
    const judgement = judge(subject)
    if (!judgement) return []
    const { remedy } = judgement
    return [findingOf(rule, { ...judgement, remedy: remedy && helps(remedy) ? remedy : undefined })]
  })
