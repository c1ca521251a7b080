import type { ClipFacts, Remedy, Selection, SoundFacts } from '../../preload/contract'
import { fileLimits } from '../../preload/contract/wan27'
import { type SoundLimits, soundOfClip } from './sound-rules'

/** How to make a WAV of a sound, of a part of it, or of the sound of a clip. Seconds on the file's own clock. */
export interface SoundEncodePlan {
  how: 'encode'
  start: number
  /** Exactly as long: silence fills what is missing. */
  seconds: number
  /** Whether the loudest sample is brought to `leveledPeak`. */
  level: boolean
  /** Samples per second. */
  sampleRate: number
  channels: number
}

export type SoundPlan = { how: 'keep' } | SoundEncodePlan

/** Where `level` brings the loudest sample, in dB below full scale: encoders of services overshoot a little. */
export const leveledPeak = -1

const encoding: readonly Remedy[] = [
  'sound-track',
  'salvage',
  'trim',
  'to-wav',
  'level',
  'fit-size',
]

/** More than this nobody hears, and the file would become large. */
const most = { sampleRate: 48_000, channels: 2 }

/** Seconds below which a difference is not heard. */
const unheard = 0.001

/** The part to use: the selection, or as much from the start as is allowed if `trim` is asked for. */
const partOf = (
  duration: number,
  selection: Selection | null,
  remedies: readonly Remedy[],
  { duration: { max } }: SoundLimits,
) => {
  if (selection) {
    const end = Math.min(selection.end, duration)
    return { start: selection.start, seconds: Math.max(0, end - selection.start) }
  }
  return { start: 0, seconds: remedies.includes('trim') ? Math.min(duration, max) : duration }
}

/** What a selection and remedies require to be done to a sound. Forecast and run share this decision. */
export const planSound = (
  source: SoundFacts | ClipFacts,
  selection: Selection | null,
  { remedies }: { remedies: readonly Remedy[] },
  limits: SoundLimits,
): SoundPlan => {
  const facts = source.kind === 'sound' ? source : soundOfClip(source)
  if (facts === null || facts.duration === null || !facts.decodes) return { how: 'keep' }
  const { start, seconds } = partOf(facts.duration, selection, remedies, limits)
  const cuts = start > unheard || seconds < facts.duration - unheard
  if (!cuts && !remedies.some((remedy) => encoding.includes(remedy))) return { how: 'keep' }
  return {
    how: 'encode',
    start,
    seconds,
    level: remedies.includes('level'),
    sampleRate: Math.min(most.sampleRate, facts.sampleRate ?? most.sampleRate),
    channels: Math.min(most.channels, facts.channels ?? most.channels),
  }
}

const wavHeader = 44
const bytesPerSample = 2

/** The file that a plan makes of a sound. Its size is exact. */
export const soundMade = (source: SoundFacts, plan: SoundEncodePlan): SoundFacts => {
  const { seconds, level, sampleRate, channels } = plan
  const isWhole = plan.start === 0 && seconds === source.duration
  // A part may be quieter than the whole, but not louder.
  const isQuiet = source.peak !== null && source.peak < fileLimits.sound.peak.quiet
  return {
    kind: 'sound',
    format: 'wav',
    codec: 'pcm_s16le',
    duration: seconds,
    channels,
    sampleRate,
    peak: level ? leveledPeak : isWhole || isQuiet ? source.peak : null,
    complete: true,
    decodes: true,
    bytes: wavHeader + Math.round(seconds * sampleRate) * channels * bytesPerSample,
  }
}
