import type { ClipFacts, ExtendWay, Fix, Remedy, Selection } from '../../preload/contract'
import { ofTrack } from '../../preload/contract/of-track'
import { pixelAspect } from '../../preload/contract/reframe'
import { fileLimits, type Range } from '../../preload/contract/wan27'
import type { ClipLimits } from './clip-rules'
import { constantRate, type FrameRate, framesPerSecond, smoothRate } from './frame-rate'
import { type Fit, fitSize, type Size } from './geometry'
import { changesOnlyLength } from './key-frame-cut'

/** How to encode a clip, or a part of it, anew. Seconds on the clip's own clock. */
export interface EncodePlan {
  how: 'encode'
  start: number
  /** The length of `frames`; null where the source's length is unknown. */
  seconds: number | null
  frames: number | null
  /** Shorter than the picture where an audio tail would make the container too long. */
  audioSeconds: number | null
  rate: FrameRate | null
  /** The size with square pixels; null where they are square already. */
  square: Size | null
  fit: Fit | null
  /** Fill the padding with the picture, enlarged and blurred. */
  blur: boolean
  toneMap: boolean
  /** How a part that is too short becomes `frames` long, from so many frames and seconds; null if it is not. */
  extend: { way: ExtendWay; frames: number; seconds: number } | null
  /** Whether the clip is cut off, and what is whole of it is kept. */
  salvage: boolean
  /** Whether the packets may be copied instead, if the cut begins with a key frame (`packetsOfCut`). */
  mayCopy: boolean
  /** Which video track to use, counted from 0. */
  track: number
  /** The highest video bitrate with which the file stays below `maxBytes`. Bits per second. */
  maxBitrate: number
  maxBytes: number
}

/** The part of a `Fix` that decides the shape of the result. */
export type Treatment = Omit<Fix, 'remedies' | 'background'> & { remedies: readonly Remedy[] }

/** What has to be done to a clip: nothing, copying its streams into another container, or encoding it. */
export type ClipPlan = { how: 'keep' } | { how: 'copy'; track: number } | EncodePlan

const encoding: readonly Remedy[] = [
  'salvage',
  'trim',
  'extend',
  're-encode',
  'scale',
  'pad',
  'crop',
  'fit-size',
  'constant-rate',
  'tone-map',
]
const copying: readonly Remedy[] = ['remux', 'keep-first-track']

/** An AAC encoder may add three packets at the end. Samples. */
const audioTail = 3 * 1024
const slowestSampleRate = 44_100
/** The file size to aim for, of the largest that no service refuses. */
const targetShare = 0.96
/** What sound and container need. Bits per second. */
const otherBits = 220_000
const highestBitrate = 80_000_000
const lowestBitrate = 100_000
/** How far the encoder may exceed its bitrate for a moment. Seconds. */
export const bufferSeconds = 0.5

/** The video bitrate for a file of this size and length. Bits per second. */
export const bitrateFor = (bytes: number, seconds: number): number => {
  const rate = (bytes * 8) / (Math.max(0.1, seconds) + bufferSeconds) - otherBits
  return Math.round(Math.min(highestBitrate, Math.max(lowestBitrate, rate)))
}

/** Of a clip with a single frame, which has no rate of its own. Frames per second. */
const assumedRate = 30

const wholeFrames = (seconds: number, rate: FrameRate, { min, max }: Range): number => {
  const perSecond = framesPerSecond(rate)
  const exact = seconds * perSecond
  const nearest = Math.max(1, Math.round(exact))
  if (seconds >= min - 1e-6 && nearest / perSecond < min) return Math.ceil(min * perSecond - 1e-6)
  if (seconds <= max + 1e-6 && nearest / perSecond > max) return Math.floor(max * perSecond + 1e-6)
  return nearest
}

/** The length of the picture in seconds; null where unknown. */
export const lengthOf = (facts: ClipFacts): number | null =>
  facts.durations.video ?? facts.duration ?? facts.durations.container

/** When the last frame ends, in seconds on the clip's own clock; null where unknown. */
export const endOf = (facts: ClipFacts): number | null => {
  const length = lengthOf(facts)
  return length === null ? null : length + (facts.videoStart ?? 0)
}

const isAll = (selection: Selection, facts: ClipFacts): boolean => {
  const [length, start] = [lengthOf(facts), facts.videoStart ?? 0]
  if (length === null || selection.start > start + 0.001) return false
  return selection.end >= length + start - 0.001 || Math.abs(selection.end - length) < 0.001
}

/** The part to use; null for all. `trim` without a selection uses as much as is allowed from the start. */
const partOf = (
  facts: ClipFacts,
  selection: Selection | null,
  remedies: readonly Remedy[],
  { duration: { max } }: ClipLimits,
) => {
  if (selection) {
    const end = Math.min(selection.end, endOf(facts) ?? selection.end)
    return isAll(selection, facts)
      ? null
      : { start: selection.start, end: Math.max(end, selection.start) }
  }
  const length = lengthOf(facts)
  const start = facts.videoStart ?? 0
  const long = length !== null && length > max
  return remedies.includes('trim') && long ? { start, end: start + max } : null
}

/** The displayed size with square pixels. */
const squareSize = (facts: ClipFacts): Size => {
  const width = facts.width ?? 0
  const height = facts.height ?? 0
  const wide = pixelAspect(facts)
  if (wide === 1) return { width, height }
  const even = (value: number) => Math.max(2, Math.round(value / 2) * 2)
  return wide > 1
    ? { width: even(width * wide), height: even(height) }
    : { width: even(width), height: even(height / wide) }
}

const encodePlan = (
  facts: ClipFacts,
  selection: Selection | null,
  treatment: Treatment,
  limits: ClipLimits,
): EncodePlan => {
  const { remedies } = treatment
  const used = partOf(facts, selection, remedies, limits)
  const length = lengthOf(facts)
  const asked = used ? used.end - used.start : length
  const fastest = remedies.includes('constant-rate') ? limits.frameRate.max : undefined
  const steady = facts.variableFrameRate ? smoothRate : constantRate
  const short = remedies.includes('extend') && asked !== null && asked < limits.duration.min
  const known = facts.frameRate ?? (short ? assumedRate : null)
  const rate = known ? steady(known, fastest) : null
  const given = rate && asked !== null ? wholeFrames(asked, rate, limits.duration) : null
  const frames = rate && short ? wholeFrames(limits.duration.min, rate, limits.duration) : given
  const seconds = rate && frames !== null ? frames / framesPerSecond(rate) : asked
  const longest = limits.duration.max - audioTail / slowestSampleRate
  const withinLimit = seconds !== null && seconds <= limits.duration.max + 1e-6
  const size = squareSize(facts)
  const square = size.width === facts.width && size.height === facts.height ? null : size
  const bounds = { side: limits.side, aspect: limits.aspect, even: true }
  const fit = size.width && size.height ? fitSize(size, treatment, bounds) : null
  return {
    how: 'encode',
    start: used?.start ?? facts.videoStart ?? 0,
    seconds,
    frames,
    audioSeconds: withinLimit ? Math.min(seconds, longest) : seconds,
    rate,
    square,
    fit,
    blur: treatment.pad === 'blur',
    toneMap: facts.hdr,
    extend:
      rate && given !== null && short
        ? { way: treatment.extend ?? 'hold', frames: given, seconds: given / framesPerSecond(rate) }
        : null,
    salvage: remedies.includes('salvage'),
    mayCopy: used !== null && changesOnlyLength(facts, remedies, { fit, square, rate, frames }),
    track: treatment.track ?? 0,
    maxBitrate: bitrateFor(limits.bytes.warn * targetShare, seconds ?? 60),
    maxBytes: limits.bytes.warn,
  }
}

/** Seconds by which a copy into another container may change the length: it rounds each time, and guesses the last. */
const copyError = 0.05

/** Whether a copy of the streams has the times of its source, and the length that is promised. */
const keepsItsTimes = (facts: ClipFacts, limits: ClipLimits): boolean => {
  if (facts.timesRise === false) return false
  const length = lengthOf(facts)
  if (length === null || limits.containers.includes(facts.container)) return true
  const { min, max } = limits.duration
  return Math.min(Math.abs(length - min), Math.abs(length - max)) > copyError
}

/**
 * What a selection and remedies require to be done to a clip. Forecast and run share this decision.
 *
 * A cut encodes, unless a copy is as exact (docs/decisions/cuts-are-encoded.md). The result of an encode is H.264, upright,
 * with square pixels, a constant frame rate and standard dynamic range.
 */
export const planClip = (
  source: ClipFacts,
  selection: Selection | null,
  treatment: Treatment,
  limits: ClipLimits = fileLimits.clip,
): ClipPlan => {
  const { remedies, track = 0 } = treatment
  const facts = ofTrack(source, track)
  const cuts = partOf(facts, selection, remedies, limits) !== null
  const copies = remedies.some((remedy) => copying.includes(remedy))
  if (
    cuts ||
    remedies.some((remedy) => encoding.includes(remedy)) ||
    (copies && !keepsItsTimes(facts, limits))
  )
    return encodePlan(facts, selection, treatment, limits)
  return copies ? { how: 'copy', track } : { how: 'keep' }
}
