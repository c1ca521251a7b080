import { type ImageFacts, type Remedy, wan27 } from '../../preload/contract'
import { fittingExtensions } from './file-names'
import { type Judgement, type Rule, within } from './judgement'
import { judgeAspect, judgeBytes, judgeExtension, judgeFlag, judgeSide } from './operators'

const { image: limits } = wan27.edit

interface Image {
  facts: ImageFacts
  name: string
}

type ImageRule = Rule<Image>

/** Formats that this app can decode: of the others only the format is known. */
export const decodableFormats: readonly string[] = [
  'jpeg',
  'png',
  'bmp',
  'webp',
  'gif',
  'tiff',
  'avif',
]

const decodable = (facts: ImageFacts) => decodableFormats.includes(facts.format)
const accepted = (facts: ImageFacts) => limits.formats.some((format) => format === facts.format)
const ifDecoded = (facts: ImageFacts, remedy: Remedy) => (facts.decodes ? remedy : undefined)

const whenDecoded =
  (judge: (facts: ImageFacts) => Judgement | null): ImageRule['judge'] =>
  ({ facts }) =>
    facts.decodes ? judge(facts) : null

const readable: ImageRule = {
  rule: 'readable',
  judge: ({ facts }) =>
    decodable(facts)
      ? judgeFlag(!facts.decodes, 'fail', {
          measured: facts.decodes,
          limit: true,
          variant: 'undecodable',
        })
      : null,
}

const format: ImageRule = {
  rule: 'format',
  judge: ({ facts }) =>
    judgeFlag(!accepted(facts), 'fail', {
      measured: facts.format,
      limit: limits.formats.join(', '),
      values: { measured: facts.format.toUpperCase() },
      remedy: ifDecoded(facts, 'convert'),
    }),
}

const extension: ImageRule = {
  rule: 'extension',
  judge: ({ facts, name }) => {
    const allowed = fittingExtensions(facts)
    return allowed.length === 0 ? null : judgeExtension(name, allowed, facts.format)
  },
}

const sideRemedy = (facts: ImageFacts): Remedy | undefined => {
  if (!facts.width || !facts.height) return undefined
  return ifDecoded(facts, within(facts.width / facts.height, limits.aspect) ? 'scale' : 'pad')
}

const side = (rule: 'width' | 'height'): ImageRule => ({
  rule,
  judge: ({ facts }) => {
    const value = facts[rule]
    return value === null ? null : judgeSide(value, limits.side, sideRemedy(facts))
  },
})

const aspect: ImageRule = {
  rule: 'aspect',
  judge: ({ facts }) => {
    if (!facts.width || !facts.height) return null
    return {
      ...judgeAspect(facts.width, facts.height, limits.aspect),
      remedy: ifDecoded(facts, 'pad'),
    }
  },
}

const size: ImageRule = {
  rule: 'size',
  judge: ({ facts }) => ({
    ...judgeBytes(facts.bytes, limits.bytes, 'fit-size'),
    remedy: ifDecoded(facts, 'fit-size'),
  }),
}

const alphaLevel = ({ format: kind, transparent, alpha }: ImageFacts): Judgement['level'] => {
  if (transparent) return kind === 'png' ? 'fail' : 'warn'
  return alpha && kind === 'png' ? 'warn' : 'pass'
}

const alpha: ImageRule = {
  rule: 'alpha',
  judge: whenDecoded((facts) => {
    const level = alphaLevel(facts)
    return {
      level,
      measured: facts.transparent ? 'transparent' : facts.alpha ? 'opaque alpha channel' : 'opaque',
      limit: 'opaque',
      variant: level === 'pass' ? 'pass' : facts.transparent ? 'transparent' : 'channel',
      remedy: 'flatten',
    }
  }),
}

const animation: ImageRule = {
  rule: 'animation',
  judge: whenDecoded((facts) =>
    judgeFlag(facts.frames > 1, 'warn', {
      measured: facts.frames,
      limit: 1,
      values: { measured: facts.frames },
      remedy: 'first-frame',
    }),
  ),
}

const colour: ImageRule = {
  rule: 'colour',
  judge: whenDecoded((facts) => {
    const space = facts.colourSpace
    return judgeFlag(
      space !== null && !limits.colourSpaces.some((known) => known === space),
      'warn',
      {
        measured: space,
        limit: 'srgb',
        values: { measured: space === 'cmyk' ? 'CMYK' : (space ?? 'sRGB') },
        remedy: 'to-srgb',
      },
    )
  }),
}

/** The table of RULES.md, in its order. */
export const imageRules: readonly ImageRule[] = [
  readable,
  format,
  extension,
  side('width'),
  side('height'),
  aspect,
  size,
  alpha,
  animation,
  colour,
]
