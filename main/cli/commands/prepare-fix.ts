import {
  type CropFrame,
  type ExtendWay,
  type Facts,
  type Fix,
  fileLimits,
  frameOfRatio,
  ofTrack,
  onlyByChoice,
  pixelAspect,
  pixelsOf,
  type Remedy,
  type Report,
  type Selection,
} from '../../../preload/contract'
import { clipRoleOf, endOf, isSoundRole, type Purpose, soundOfClip } from '../../preflight'
import type { PixelFrame, Ratio } from '../options/option-values'
import { CliRefusal } from '../words/words'
import type { PurposeWishes } from './purpose-from'

/** How a picture outside the ratio limits is changed. */
export type Fit = 'crop' | 'blur' | 'colour'

/** Options of `prepare`; anything left out follows from the findings. */
export interface PrepareWishes extends PurposeWishes {
  /** Seconds. */
  start?: number | undefined
  end?: number | undefined
  duration?: number | undefined
  fit?: Fit | undefined
  crop?: PixelFrame | Ratio | undefined
  /** '#rrggbb' */
  colour?: string | undefined
  /** Counted from 1. */
  track?: number | undefined
  /** How a clip that is too short is made longer. */
  extend?: ExtendWay | undefined
  /** Only these remedies. */
  only?: readonly Remedy[] | undefined
}

/** The facts of the chosen track. Throws a `CliRefusal` for a track that the file does not have. */
export const chosenTrack = (name: string, facts: Facts, { track }: PrepareWishes): Facts => {
  if (track === undefined) return facts
  if (facts.kind !== 'video') throw onlyForClips('--track', name)
  const count = facts.videoTracks
  if (track > count) throw new CliRefusal({ key: 'cli.no_track', values: { track, name, count } })
  return ofTrack(facts, track - 1)
}

const onlyForClips = (option: string, name: string): CliRefusal =>
  new CliRefusal({ key: 'cli.only_clips', values: { option, name } })

/** The selection from the options, or the longest allowed part of a clip that is too long; null for the whole clip. */
export const selectionFrom = (
  wishes: PrepareWishes,
  name: string,
  facts: Facts,
  report: Report,
  purpose?: Purpose,
): Selection | null => {
  const { start, end, duration, only } = wishes
  const asked = start !== undefined || end !== undefined || duration !== undefined
  const span = spanOf(facts, purpose)
  if (span === null) {
    if (asked) throw onlyForClips('--start, --end, --duration', name)
    return null
  }
  const { first, max } = span
  const tooLong = report.findings.some(({ remedy }) => remedy === 'trim')
  const trims = tooLong && (only === undefined || only.includes('trim'))
  if (!asked && !trims) return null
  const from = start ?? (end === undefined ? first : 0)
  const last = span.last ?? from + max
  if (from >= last) {
    const values = { start: from, name, duration: last.toFixed(2) }
    throw new CliRefusal({ key: 'cli.start_outside', values })
  }
  const to = Math.min(last, end ?? from + (duration ?? max))
  return isAll({ start: from, end: to }, first, last) ? null : { start: from, end: to }
}

/** When what is used of a file begins and ends, and how much of it is allowed. Seconds; null for an image. */
const spanOf = (facts: Facts, purpose: Purpose | undefined) => {
  if (purpose && isSoundRole(purpose.role)) {
    const sound = facts.kind === 'video' ? soundOfClip(facts) : facts
    if (sound?.kind !== 'sound') return null
    return { first: 0, last: sound.duration, max: fileLimits[purpose.role].duration.max }
  }
  if (facts.kind !== 'video') return null
  const { max } = fileLimits[clipRoleOf(purpose)].duration
  return { first: facts.videoStart ?? 0, last: endOf(facts), max }
}

/** Allows a millisecond of difference, which is less than a frame. */
const isAll = ({ start, end }: Selection, first: number, last: number): boolean =>
  start <= first + 0.001 && end >= last - 0.001

/** The end of the clip or sound in seconds if the options ask for more; else null. */
export const endBeforeAsked = (
  wishes: PrepareWishes,
  facts: Facts,
  purpose?: Purpose,
): number | null => {
  const { start = 0, duration } = wishes
  const end = wishes.end ?? (duration === undefined ? null : start + duration)
  const last = spanOf(facts, purpose)?.last ?? null
  return end !== null && last !== null && end > last + 0.05 ? last : null
}

/** Throws a `CliRefusal` for a remedy from `--only` that no finding names: it would change nothing. */
export const refuseUnneeded = (wishes: PrepareWishes, name: string, report: Report): void => {
  const named = namedIn(report)
  const isNeeded = (remedy: Remedy) =>
    [remedy, remedy === 'crop' ? 'pad' : remedy].some((one) => named.has(one)) ||
    (remedy === 'crop' && wishes.crop !== undefined) ||
    (remedy === 'extend' && (wishes.end !== undefined || wishes.duration !== undefined))
  const unneeded = wishes.only?.find((remedy) => !isNeeded(remedy))
  if (unneeded) throw new CliRefusal({ key: 'cli.uncalled', values: { remedy: unneeded, name } })
}

const namedIn = (report: Report): Set<Remedy> =>
  new Set(report.findings.flatMap(({ remedy }) => remedy ?? []))

/** The selection replaces `trim`, and `-o` replaces `rename`. */
const isForRun = (remedy: Remedy): boolean => remedy !== 'trim' && remedy !== 'rename'

const ratioRemedies: readonly Remedy[] = ['pad', 'crop']

/** All remedies of the report, changed by the options; `other` is needed for the output's extension. */
export const fixFrom = (
  wishes: PrepareWishes,
  facts: Facts,
  report: Report,
  other: Remedy | null,
): Fix => {
  const { fit, crop, track, only } = wishes
  const named = new Set([...namedIn(report)].filter((one) => !onlyByChoice.includes(one)))
  const isAsked = (remedy: Remedy) =>
    only === undefined || [remedy, alternativeOf(remedy)].some((one) => one && only.includes(one))
  const remedies = new Set([...named].filter((remedy) => isForRun(remedy) && isAsked(remedy)))
  const mendsRatio = ratioRemedies.some((remedy) => remedies.has(remedy))
  // Only a last frame that differs from the first one names `crop`.
  const crops = fit === 'crop' || named.has('crop') || only?.includes('crop')
  if (crop || (mendsRatio && crops)) {
    remedies.delete('pad')
    remedies.add('crop')
  } else if (mendsRatio) {
    remedies.delete('crop')
    remedies.add('pad')
  }
  if (track !== undefined && facts.kind === 'video' && facts.videoTracks > 1)
    remedies.add('keep-first-track')
  const extend = wishedExtension(wishes)
  if (extend && facts.kind === 'video') remedies.add('extend')
  if (remedies.size === 0 && other) remedies.add(other)
  return {
    remedies: [...remedies],
    background: wishes.colour ?? (remedies.has('flatten') ? '#ffffff' : '#000000'),
    ...(crop ? { crop: fractions(crop, facts) } : null),
    ...(fit === 'blur' ? { pad: 'blur' as const } : null),
    ...(extend ? { extend } : null),
    ...(track === undefined ? null : { track: track - 1 }),
  }
}

/** The way in which a person wants a clip to become longer; null if that was not asked for. */
export const wishedExtension = ({ extend, only }: PrepareWishes): ExtendWay | null =>
  extend ?? (only?.includes('extend') ? 'hold' : null)

/** Findings name only `pad`; `crop` is the alternative. */
const alternativeOf = (remedy: Remedy): Remedy | null => (remedy === 'pad' ? 'crop' : null)

/** A frame as fractions of the picture. Throws a `CliRefusal` if it is outside the picture. */
const fractions = (asked: PixelFrame | Ratio, facts: Facts): CropFrame => {
  const { width, height } = pixelsOf(facts) ?? { width: null, height: null }
  const frame = typeof asked === 'string' ? null : asked
  const isInside =
    frame === null ||
    (frame.x + frame.width <= (width ?? 0) && frame.y + frame.height <= (height ?? 0))
  if (!width || !height || !isInside) {
    const named = frame ? [frame.x, frame.y, frame.width, frame.height].join() : String(asked)
    const values = { frame: named, width: width ?? '?', height: height ?? '?' }
    throw new CliRefusal({ key: 'cli.frame_outside', values })
  }
  if (typeof asked === 'string')
    return frameOfRatio({ width, height }, asked, facts.kind === 'video' ? pixelAspect(facts) : 1)
  return {
    x: asked.x / width,
    y: asked.y / height,
    width: asked.width / width,
    height: asked.height / height,
  }
}
