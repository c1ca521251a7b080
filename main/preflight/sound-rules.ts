import type { ClipFacts, Remedy, SoundFacts } from '../../preload/contract'
import { type fileLimits, within } from '../../preload/contract/wan27'
import { lengthOf } from './clip-plan'
import { fittingExtensions } from './file-names'
import { judgeBytes, judgeExtension, judgeFlag, type Named, type Rule } from './judgement'
import { contentKey, shownNumber } from './wording'

export type SoundLimits = (typeof fileLimits)['sound' | 'voice']

/** A sound, or the sound of a clip, and what is accepted of it. */
interface JudgedSound extends Named<SoundFacts> {
  limits: SoundLimits
}

type SoundRule = Rule<JudgedSound>

/** The sound of a clip as a file of its own; null without any. */
export const soundOfClip = (facts: ClipFacts): SoundFacts | null => {
  const [track] = facts.audio
  if (!track) return null
  const { codec, channels, sampleRate } = track
  return {
    ...{ kind: 'sound', format: facts.container, codec, channels, sampleRate },
    duration: facts.durations.container ?? lengthOf(facts),
    peak: null,
    complete: facts.complete,
    decodes: facts.opens !== false && !facts.encrypted,
    bytes: facts.bytes,
  }
}

/** Whether a remedy can work on a sound: all but renaming need what can be heard. */
export const helpsSound =
  ({ decodes, duration }: SoundFacts) =>
  (remedy: Remedy): boolean =>
    remedy === 'rename' || (decodes && duration !== null)

const judgeComplete: SoundRule['judge'] = ({ facts: { complete, duration }, limits }) => {
  const isEnough = (duration ?? 0) >= limits.duration.min
  return judgeFlag(!complete, 'fail', {
    measured: complete,
    limit: true,
    ...(isEnough ? { variant: 'part', remedy: 'salvage' } : {}),
    values: isEnough ? { whole: shownNumber(duration ?? 0, []) } : {},
  })
}

const judgeDuration: SoundRule['judge'] = ({ facts: { duration }, limits }) => {
  const limit = { ...limits.duration }
  if (duration === null)
    return { level: 'fail', measured: null, limit, variant: 'unknown', values: limit }
  const { min, max } = limit
  return judgeFlag(!within(duration, limit), 'fail', {
    measured: duration,
    limit,
    variant: duration < min ? 'brief' : 'long',
    values: { measured: shownNumber(duration, [min, max]), ...limit },
    ...(duration > max ? { remedy: 'trim' } : {}),
  })
}

/** Silence is a warning without a remedy: there is nothing to make louder. */
const judgeLoudness: SoundRule['judge'] = ({ facts: { peak }, limits: { peak: limits } }) => {
  if (peak === null) return null
  const isSilent = peak < limits.silent
  return judgeFlag(peak < limits.quiet, 'warn', {
    measured: peak,
    limit: limits.quiet,
    variant: isSilent ? 'silent' : 'quiet',
    values: isSilent ? {} : { measured: shownNumber(peak, [limits.quiet], 1) },
    ...(isSilent ? {} : { remedy: 'level' }),
  })
}

const readable: SoundRule = {
  rule: 'readable',
  judge: ({ facts: { decodes } }) =>
    judgeFlag(!decodes, 'fail', { measured: decodes, limit: true, variant: 'unplayable' }),
}

/** The rules for sounds, in the order of docs/preflight.md. */
export const soundRules: readonly SoundRule[] = [
  readable,
  { rule: 'complete', judge: judgeComplete },
  {
    rule: 'format',
    judge: ({ facts: { format }, limits: { formats } }) =>
      judgeFlag(!formats.includes(format), 'fail', {
        measured: format,
        limit: formats.join(', '),
        variant: 'sound',
        values: { measured: format.toUpperCase(), content: contentKey(format) },
        remedy: 'to-wav',
      }),
  },
  {
    rule: 'extension',
    judge: ({ facts, name }) => {
      const allowed = fittingExtensions(facts)
      return allowed.length === 0 ? null : judgeExtension(name, allowed, facts.format)
    },
  },
  { rule: 'duration', judge: judgeDuration },
  { rule: 'size', judge: ({ facts, limits }) => judgeBytes(facts.bytes, limits.bytes) },
  {
    rule: 'codec',
    judge: ({ facts: { codec, format }, limits }) =>
      judgeFlag(limits.formats.includes(format) && !limits.codecs.includes(codec ?? ''), 'warn', {
        measured: codec,
        limit: limits.codecs.join(', '),
        variant: 'sound',
        values: { measured: codec ?? '?' },
        remedy: 'to-wav',
      }),
  },
  { rule: 'loudness', judge: judgeLoudness },
]

/** The rules for a clip of which only the sound is wanted. */
export const soundTrackRules: readonly SoundRule[] = [
  readable,
  { rule: 'complete', judge: judgeComplete },
  {
    rule: 'format',
    judge: ({ facts: { format }, limits: { formats } }) => ({
      level: 'fail',
      measured: format,
      limit: formats.join(', '),
      variant: 'track',
      values: { content: contentKey(format) },
      remedy: 'sound-track',
    }),
  },
  { rule: 'duration', judge: judgeDuration },
]
