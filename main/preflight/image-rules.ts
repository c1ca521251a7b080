import type { ImageFacts, Remedy } from '../../preload/contract'
import { fileLimits, sameRatio } from '../../preload/contract/wan27'
import { fittingExtensions } from './file-names'
import type { Size } from './geometry'
import {
  type Judgement,
  judgeAspect,
  judgeBytes,
  judgeExtension,
  judgeFlag,
  judgeSide,
  type Named,
  type Rule,
} from './judgement'
import { shownRatio } from './wording'

const limits = fileLimits['reference-image']

interface JudgedImage extends Named<ImageFacts> {
  /** Displayed pixels of the frame that it should resemble, if there is one. */
  like: Size | null
}

type Judge = Rule<JudgedImage>['judge']

/** Formats that this app can decode: of others only the format is known. */
export const decodableFormats: readonly string[] = [
  'jpeg',
  'png',
  'bmp',
  'webp',
  'gif',
  'tiff',
  'avif',
]

/** Whether a remedy can work on an image: all but renaming need its pixels. */
export const helpsImage =
  ({ decodes }: ImageFacts) =>
  (remedy: Remedy): boolean =>
    remedy === 'rename' || decodes

const whenDecoded =
  (judge: (facts: ImageFacts) => Judgement): Judge =>
  ({ facts }) =>
    facts.decodes ? judge(facts) : null

const judgeReadable: Judge = ({ facts: { format, decodes } }) =>
  decodableFormats.includes(format)
    ? judgeFlag(!decodes, 'fail', { measured: decodes, limit: true, variant: 'undecodable' })
    : null

const judgeName: Judge = ({ facts, name }) => {
  const allowed = fittingExtensions(facts)
  return allowed.length === 0 ? null : judgeExtension(name, allowed, facts.format)
}

const alphaLevel = ({ format, transparent, alpha }: ImageFacts): 'fail' | 'warn' | 'pass' => {
  if (transparent) return format === 'png' ? 'fail' : 'warn'
  return alpha && format === 'png' ? 'warn' : 'pass'
}

const judgeAlpha = (facts: ImageFacts): Judgement => {
  const level = alphaLevel(facts)
  const variant = facts.transparent ? 'transparent' : 'channel'
  return {
    level,
    measured: facts.transparent ? 'transparent' : facts.alpha ? 'opaque alpha channel' : 'opaque',
    limit: 'opaque',
    variant: level === 'pass' ? 'pass' : variant,
    remedy: 'flatten',
  }
}

const judgeColour = ({ colourSpace: space }: ImageFacts): Judgement =>
  judgeFlag(space !== null && !limits.colourSpaces.includes(space), 'warn', {
    measured: space,
    limit: 'srgb',
    values: { measured: space === 'cmyk' ? 'CMYK' : (space ?? 'sRGB') },
    remedy: 'to-srgb',
  })

/** A film between frames of two shapes would be stretched. */
const judgeShape: Judge = ({ facts, like }) => {
  const { width, height } = facts
  const own = judgeAspect(facts, limits)
  if (own?.level !== 'pass' || !like || !width || !height) return own
  const [measured, limit] = [width / height, like.width / like.height]
  const differs = Math.max(measured / limit, limit / measured) > sameRatio
  if (!differs) return own
  const values = { measured: shownRatio(measured), first: shownRatio(limit) }
  return { level: 'warn', measured, limit, variant: 'differs', values, remedy: 'crop' }
}

/** The rules for reference images and frames, in the order of docs/preflight.md. */
export const imageRules: readonly Rule<JudgedImage>[] = [
  { rule: 'readable', judge: judgeReadable },
  {
    rule: 'format',
    judge: ({ facts: { format } }) =>
      judgeFlag(!limits.formats.includes(format), 'fail', {
        measured: format,
        limit: limits.formats.join(', '),
        values: { measured: format.toUpperCase() },
        remedy: 'convert',
      }),
  },
  { rule: 'extension', judge: judgeName },
  { rule: 'width', judge: ({ facts }) => judgeSide(facts, 'width', limits) },
  { rule: 'height', judge: ({ facts }) => judgeSide(facts, 'height', limits) },
  { rule: 'aspect', judge: judgeShape },
  { rule: 'size', judge: ({ facts: { bytes } }) => judgeBytes(bytes, limits.bytes) },
  { rule: 'alpha', judge: whenDecoded(judgeAlpha) },
  {
    rule: 'animation',
    judge: whenDecoded(({ frames: measured }) =>
      judgeFlag(measured > 1, 'warn', {
        measured,
        limit: 1,
        values: { measured },
        remedy: 'first-frame',
      }),
    ),
  },
  { rule: 'colour', judge: whenDecoded(judgeColour) },
]
