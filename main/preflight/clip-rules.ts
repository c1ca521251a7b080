import { type ClipFacts, type Remedy, wan27 } from '../../preload/contract'
import { codecName, contentKey } from './content-name'
import { extensionOf, fittingExtensions } from './file-names'
import { shownNumber } from './format-values'
import { type Judgement, type Rule, within } from './judgement'
import { judgeAspect, judgeBytes, judgeExtension, judgeFlag, judgeSide, seconds } from './operators'

const { clip: limits } = wan27.edit

interface Clip {
  facts: ClipFacts
  name: string
}

type ClipRule = Rule<Clip>

const opens = ({ opens: answer }: ClipFacts) => answer !== false

/** A rule that has nothing to measure in a file that cannot be opened. */
const whenOpen =
  (judge: (clip: Clip) => Judgement | null): ClipRule['judge'] =>
  (clip) =>
    opens(clip.facts) ? judge(clip) : null

const withPicture = (judge: (clip: Clip) => Judgement | null) =>
  whenOpen((clip) => (clip.facts.videoTracks > 0 ? judge(clip) : null))

/** Nothing that re-encodes can help where the picture cannot be read. */
const mendable = (facts: ClipFacts) =>
  facts.videoTracks > 0 && !facts.encrypted && facts.complete && facts.decodes !== false

const ifMendable = (facts: ClipFacts, remedy: Remedy): Remedy | undefined =>
  mendable(facts) ? remedy : undefined

const readable: ClipRule = {
  rule: 'readable',
  judge: ({ facts }) => judgeFlag(!opens(facts), 'fail', { measured: opens(facts), limit: true }),
}

const complete: ClipRule = {
  rule: 'complete',
  judge: whenOpen(({ facts }) =>
    judgeFlag(!facts.complete, 'fail', { measured: facts.complete, limit: true }),
  ),
}

const protection: ClipRule = {
  rule: 'protected',
  judge: whenOpen(({ facts }) =>
    judgeFlag(facts.encrypted, 'fail', { measured: facts.encrypted, limit: false }),
  ),
}

const container: ClipRule = {
  rule: 'container',
  judge: ({ facts }) => {
    const copies = facts.codec !== null && limits.codecs.some((codec) => codec === facts.codec)
    return judgeFlag(!limits.containers.some((family) => family === facts.container), 'fail', {
      measured: facts.container,
      limit: limits.containers.join(', '),
      values: { content: contentKey(facts.container) },
      remedy: opens(facts) ? ifMendable(facts, copies ? 'remux' : 're-encode') : undefined,
    })
  },
}

const extension: ClipRule = {
  rule: 'extension',
  judge: ({ facts, name }) => {
    const allowed = fittingExtensions(facts)
    if (allowed.length > 0) return judgeExtension(name, allowed, facts.container)
    const measured = extensionOf(name)
    const known = ['.mp4', '.mov'].includes(measured)
    const variant = measured === '' ? 'refused-none' : known ? 'misleading' : 'refused'
    return judgeFlag(true, 'warn', { measured, limit: '.mp4, .mov', variant, values: { measured } })
  },
}

const videoTrack: ClipRule = {
  rule: 'video_track',
  judge: whenOpen(({ facts }) => ({
    level: facts.videoTracks === 0 ? 'fail' : facts.videoTracks > 1 ? 'warn' : 'pass',
    measured: facts.videoTracks,
    limit: 1,
    variant: facts.videoTracks === 0 ? 'none' : facts.videoTracks > 1 ? 'many' : 'pass',
    values: { measured: facts.videoTracks },
    remedy: facts.videoTracks > 1 ? ifMendable(facts, 'keep-first-track') : undefined,
  })),
}

/** The video's own length, else the container's; the reading that is out of bounds is the one that is shown. */
const duration: ClipRule = {
  rule: 'duration',
  judge: withPicture(({ facts }) => {
    const range = limits.duration
    const video = facts.durations.video ?? facts.durations.container
    const all = facts.durations.container
    const raw = facts.durations.ignoringEdits
    const said = (
      level: Judgement['level'],
      value: number,
      variant: string,
      remedy?: Remedy,
      allowed: { min: number; max: number } = range,
    ): Judgement => ({
      level,
      measured: value,
      limit: { ...allowed },
      variant,
      values: { measured: seconds(value, allowed), ...allowed },
      remedy: remedy && ifMendable(facts, remedy),
    })
    if (video === null) {
      return {
        level: 'fail',
        measured: null,
        limit: { ...range },
        variant: 'unknown',
        values: { ...range },
      }
    }
    if (video < range.min) return said('fail', video, 'short')
    if (video > range.max) return said('fail', video, 'long', 'trim')
    if (all !== null && !within(all, limits.containerDuration)) {
      return said('fail', all, 'container', 're-encode', limits.containerDuration)
    }
    if (raw !== null && !within(raw, range)) return said('warn', raw, 'edits', 're-encode')
    if (all !== null && all > range.max) return said('warn', all, 'tail', 're-encode')
    return said('pass', video, 'pass')
  }),
}

const sideRemedy = (facts: ClipFacts): Remedy | undefined => {
  const { width, height } = facts
  if (!width || !height) return undefined
  // Scaling keeps the ratio: it helps only where the ratio itself is allowed. Padding scales as far as it must.
  return ifMendable(facts, within(width / height, limits.aspect) ? 'scale' : 'pad')
}

const side = (rule: 'width' | 'height'): ClipRule => ({
  rule,
  judge: withPicture(({ facts }) => {
    const value = facts[rule]
    return value === null ? null : judgeSide(value, limits.side, sideRemedy(facts))
  }),
})

const aspect: ClipRule = {
  rule: 'aspect',
  judge: withPicture(({ facts }) => {
    if (!facts.width || !facts.height) return null
    const judgement = judgeAspect(facts.width, facts.height, limits.aspect)
    return { ...judgement, remedy: ifMendable(facts, 'pad') }
  }),
}

const size: ClipRule = {
  rule: 'size',
  judge: ({ facts }) => ({
    ...judgeBytes(facts.bytes, limits.bytes, 'fit-size'),
    remedy: opens(facts) ? ifMendable(facts, 'fit-size') : undefined,
  }),
}

const codec: ClipRule = {
  rule: 'codec',
  judge: withPicture(({ facts }) =>
    judgeFlag(!limits.codecs.some((known) => known === facts.codec), 'warn', {
      measured: facts.codec,
      limit: limits.codecs.join(', '),
      values: { measured: codecName(facts.codec) },
      remedy: ifMendable(facts, 're-encode'),
    }),
  ),
}

/** Cameras are never exact: a tenth of a frame per second above is not above. */
const tooFast = (rate: number) => Math.round(rate * 10) / 10 > limits.frameRate.max

const frameRate: ClipRule = {
  rule: 'frame_rate',
  judge: withPicture(({ facts }) => {
    const rate = facts.frameRate
    const fast = rate !== null && tooFast(rate)
    return judgeFlag(facts.variableFrameRate || fast, 'warn', {
      measured: rate,
      limit: limits.frameRate.max,
      variant: facts.variableFrameRate ? 'varies' : 'high',
      values: {
        measured: rate === null ? '?' : shownNumber(rate, [60]),
        max: limits.frameRate.max,
      },
      remedy: ifMendable(facts, 'constant-rate'),
    })
  }),
}

const hdr: ClipRule = {
  rule: 'hdr',
  judge: withPicture(({ facts }) =>
    judgeFlag(facts.hdr, 'warn', {
      measured: facts.hdr,
      limit: false,
      remedy: ifMendable(facts, 'tone-map'),
    }),
  ),
}

const rotation: ClipRule = {
  rule: 'rotation',
  judge: withPicture(({ facts }) =>
    judgeFlag(facts.rotation !== 0, 'info', {
      measured: facts.rotation,
      limit: 0,
      values: { measured: facts.rotation },
    }),
  ),
}

const audio: ClipRule = {
  rule: 'audio',
  judge: whenOpen(({ facts }) =>
    judgeFlag(facts.audio.length === 0, 'info', {
      measured: facts.audio.length,
      limit: 1,
      values: { measured: facts.audio.map((track) => track.codec).join(', ') },
    }),
  ),
}

/** The table of RULES.md, in its order. */
export const clipRules: readonly ClipRule[] = [
  readable,
  complete,
  protection,
  container,
  extension,
  videoTrack,
  duration,
  side('width'),
  side('height'),
  aspect,
  size,
  codec,
  frameRate,
  hdr,
  rotation,
  audio,
]
