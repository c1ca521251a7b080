import type { ClipFacts, Range, Remedy } from '../../preload/contract'
import { pixelAspect } from '../../preload/contract/reframe'
import { type fileLimits, within } from '../../preload/contract/wan27'
import { extensionOf, fittingExtensions } from './file-names'
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
import { codecName, contentKey, shownNumber } from './wording'

export type ClipLimits = (typeof fileLimits)['clip' | 'reference-video']

/** A clip, and what is accepted of it. */
interface JudgedClip extends Named<ClipFacts> {
  limits: ClipLimits
}

type Judge = Rule<JudgedClip>['judge']

const opens = ({ opens: answer }: ClipFacts): boolean => answer !== false

/** Whether enough of a clip that is cut off can be kept. */
const isSalvageable = ({ whole = 0 }: ClipFacts, { duration }: ClipLimits): boolean =>
  whole >= duration.min

/** Whether a remedy can work on a clip: all but renaming need a picture that can be read. */
export const helpsClip = (facts: ClipFacts, limits: ClipLimits): ((remedy: Remedy) => boolean) => {
  const isReadable =
    opens(facts) &&
    (facts.complete || isSalvageable(facts, limits)) &&
    facts.decodes !== false &&
    facts.framesDecode !== false
  const hasPicture = facts.videoTracks > 0 && !facts.encrypted
  return (remedy) => remedy === 'rename' || (isReadable && hasPicture)
}

/** A rule that has nothing to measure in a file that cannot be opened. */
const whenOpen =
  (judge: Judge): Judge =>
  (clip) =>
    opens(clip.facts) ? judge(clip) : null

const withPicture = (judge: Judge): Judge =>
  whenOpen((clip) => (clip.facts.videoTracks > 0 ? judge(clip) : null))

/** A fact that must have the value `limit`. */
const mustBe =
  (name: 'encrypted' | 'hdr', limit: boolean, level: Judgement['level'], remedy?: Remedy): Judge =>
  ({ facts: { [name]: measured } }) =>
    judgeFlag(measured !== limit, level, { measured, limit, remedy })

const hasCodec = ({ facts: { codec }, limits }: JudgedClip): boolean =>
  codec !== null && limits.codecs.includes(codec)

const judgeName: Judge = ({ facts, name, limits }) => {
  const containerExtensions = limits.containers.map((family) => `.${family}`)
  const allowed = fittingExtensions(facts)
  if (allowed.length > 0) return judgeExtension(name, allowed, facts.container)
  const measured = extensionOf(name)
  const variant = containerExtensions.includes(measured) ? 'misleading' : 'refused'
  return judgeFlag(true, 'warn', {
    measured,
    limit: containerExtensions.join(', '),
    variant: measured === '' ? 'refused-none' : variant,
    values: { measured },
  })
}

const judgeTracks: Judge = ({ facts: { videoTracks } }) => ({
  level: videoTracks === 0 ? 'fail' : videoTracks > 1 ? 'warn' : 'pass',
  measured: videoTracks,
  limit: 1,
  variant: videoTracks === 0 ? 'none' : videoTracks > 1 ? 'many' : 'pass',
  values: { measured: videoTracks },
  remedy: 'keep-first-track',
})

/** Judges the length of the picture, of the container and without edit lists, and shows the one that is wrong. */
const judgeDuration: Judge = ({ facts: { durations }, limits }) => {
  const { duration: range, containerDuration } = limits
  const { container, ignoringEdits } = durations
  const video = durations.video ?? container
  const lasting = (
    seconds: number,
    level: Judgement['level'],
    variant: string,
    remedy?: Remedy,
    allowed: Range = range,
  ): Judgement => ({
    level,
    measured: seconds,
    limit: { ...allowed },
    variant,
    values: { measured: shownNumber(seconds, [allowed.min, allowed.max]), ...allowed },
    remedy,
  })
  if (video === null) {
    const limit = { ...range }
    return { level: 'fail', measured: null, limit, variant: 'unknown', values: limit }
  }
  if (video < range.min) return lasting(video, 'fail', 'short', 'extend')
  if (video > range.max) return lasting(video, 'fail', 'long', 'trim')
  if (container !== null && !within(container, containerDuration))
    return lasting(container, 'fail', 'container', 're-encode', containerDuration)
  if (ignoringEdits !== null && !within(ignoringEdits, range))
    return lasting(ignoringEdits, 'warn', 'edits', 're-encode')
  return container !== null && container > range.max
    ? lasting(container, 'warn', 'tail', 're-encode')
    : lasting(video, 'pass', 'pass')
}

/** A picture whose size nobody can tell has no frame that decodes: what else passes would promise too much. */
const judgeClipSide = (side: 'width' | 'height'): Judge =>
  withPicture(({ facts, limits }) => {
    const limit = { ...limits.side }
    const unknown = { level: 'fail', measured: null, limit, variant: 'unknown' } as const
    return judgeSide(facts, side, limits, pixelAspect(facts)) ?? { ...unknown, values: limit }
  })

/** Cameras are not exact: less than a twentieth of a frame per second above the limit is allowed. */
const isTooFast = (rate: number, max: number): boolean => Math.round(rate * 10) / 10 > max

const judgeFrameRate: Judge = ({ facts: { frameRate: rate, variableFrameRate }, limits }) => {
  const { max } = limits.frameRate
  return judgeFlag(variableFrameRate || (rate !== null && isTooFast(rate, max)), 'warn', {
    measured: rate,
    limit: max,
    variant: variableFrameRate ? 'varies' : 'high',
    values: { measured: rate === null ? '?' : shownNumber(rate, [max]), max },
    remedy: 'constant-rate',
  })
}

/** The rules for clips, in the order of docs/preflight.md. */
export const clipRules: readonly Rule<JudgedClip>[] = [
  {
    rule: 'readable',
    judge: ({ facts }) => judgeFlag(!opens(facts), 'fail', { measured: opens(facts), limit: true }),
  },
  {
    rule: 'complete',
    judge: whenOpen(({ facts, limits }) =>
      judgeFlag(!facts.complete, 'fail', {
        measured: facts.complete,
        limit: true,
        ...(isSalvageable(facts, limits) ? { variant: 'part', remedy: 'salvage' } : {}),
        values: isSalvageable(facts, limits) ? { whole: shownNumber(facts.whole ?? 0, []) } : {},
      }),
    ),
  },
  {
    rule: 'decodes',
    judge: ({ facts: { framesDecode: measured } }) =>
      measured === undefined ? null : judgeFlag(!measured, 'fail', { measured, limit: true }),
  },
  { rule: 'protected', judge: whenOpen(mustBe('encrypted', false, 'fail')) },
  {
    rule: 'container',
    judge: (clip) => {
      const { container, timesRise } = clip.facts
      const { containers } = clip.limits
      return judgeFlag(!containers.includes(container), 'fail', {
        measured: container,
        limit: containers.join(', '),
        values: { content: contentKey(container) },
        remedy: hasCodec(clip) && timesRise !== false ? 'remux' : 're-encode',
      })
    },
  },
  { rule: 'extension', judge: judgeName },
  { rule: 'video_track', judge: whenOpen(judgeTracks) },
  { rule: 'duration', judge: withPicture(judgeDuration) },
  { rule: 'width', judge: judgeClipSide('width') },
  { rule: 'height', judge: judgeClipSide('height') },
  { rule: 'aspect', judge: withPicture(({ facts, limits }) => judgeAspect(facts, limits)) },
  { rule: 'size', judge: ({ facts, limits }) => judgeBytes(facts.bytes, limits.bytes) },
  {
    rule: 'codec',
    judge: withPicture((clip) =>
      judgeFlag(!hasCodec(clip), 'warn', {
        measured: clip.facts.codec,
        limit: clip.limits.codecs.join(', '),
        values: { measured: codecName(clip.facts.codec) },
        remedy: 're-encode',
      }),
    ),
  },
  { rule: 'frame_rate', judge: withPicture(judgeFrameRate) },
  { rule: 'hdr', judge: withPicture(mustBe('hdr', false, 'warn', 'tone-map')) },
  {
    rule: 'rotation',
    judge: withPicture(({ facts: { rotation: measured } }) =>
      judgeFlag(measured !== 0, 'info', { measured, limit: 0, values: { measured } }),
    ),
  },
  {
    rule: 'audio',
    judge: whenOpen(({ facts: { audio } }) =>
      judgeFlag(audio.length === 0, 'info', {
        measured: audio.length,
        limit: 1,
        values: { measured: audio.map(({ codec }) => codec).join(', ') },
      }),
    ),
  },
]
