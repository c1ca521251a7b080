import type { Level, Range, Remedy, SizeLimits } from '../../preload/contract'
import { contentKey } from './content-name'
import { extensionOf } from './file-names'
import { shownBytes, shownNumber, shownRatio } from './format-values'
import { type Judgement, within } from './judgement'

/** Inside a range of whole pixels. */
export const judgeSide = (value: number, range: Range, remedy: Remedy | undefined): Judgement => ({
  level: within(value, range) ? 'pass' : 'fail',
  measured: value,
  limit: { ...range },
  variant: within(value, range) ? 'pass' : sideVariant(value, range),
  values: { measured: value, min: range.min, max: range.max },
  remedy,
})

/** A damaged header may claim a size that no picture has. */
const sideVariant = (value: number, range: Range): string =>
  value <= 0 ? 'unknown' : value < range.min ? 'low' : 'high'

/** Width to height inside a range. */
export const judgeAspect = (width: number, height: number, range: Range): Judgement => {
  const ratio = width / height
  const ok = within(ratio, range)
  return {
    level: ok ? 'pass' : 'fail',
    measured: ratio,
    limit: { ...range },
    variant: ok ? 'pass' : ratio <= 0 ? 'unknown' : ratio < range.min ? 'low' : 'high',
    values: { measured: shownRatio(ratio), min: shownRatio(range.min), max: shownRatio(range.max) },
    remedy: 'pad',
  }
}

/** Bytes with a soft and a hard bound. */
export const judgeBytes = (bytes: number, bounds: SizeLimits, remedy: Remedy): Judgement => {
  const level: Level = bytes > bounds.fail ? 'fail' : bytes > bounds.warn ? 'warn' : 'pass'
  const limit = level === 'warn' ? bounds.warn : bounds.fail
  return {
    level,
    measured: bytes,
    limit,
    variant: level === 'pass' ? 'pass' : level === 'warn' ? 'near' : 'high',
    values: {
      measured: shownBytes(bytes, [bounds.warn, bounds.fail]),
      max: shownBytes(limit, [], 2),
    },
    remedy,
  }
}

/** Something that is so, or is not. */
export const judgeFlag = (
  broken: boolean,
  level: Level,
  judgement: Omit<Judgement, 'level' | 'variant'> & { variant?: string },
): Judgement => ({
  ...judgement,
  level: broken ? level : 'pass',
  variant: broken ? (judgement.variant ?? 'broken') : 'pass',
})

/** A name whose extension fits what the file is; `allowed` holds the usual one first. */
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

export const seconds = (value: number, range: Range) => shownNumber(value, [range.min, range.max])
