import type { ClipFacts, Remedy, Selection } from '../../preload/contract'
import { constantRate, type FrameRate, framesPerSecond } from './frame-rate'
import { type Fit, fitSize } from './geometry'
import { clipLimits } from './limits'

/** A new picture and sound made from (part of) a clip. Seconds from the first displayed frame. */
export interface EncodePlan {
  how: 'encode'
  start: number
  /** A whole number of frames; null where the source's length is unknown. */
  seconds: number | null
  frames: number | null
  /** Cut so that no tail of sound makes the container longer than the limit. */
  audioSeconds: number | null
  rate: FrameRate | null
  fit: Fit | null
  toneMap: boolean
  /** Bits per second that the picture may take at most, so that the file stays below the limit. */
  maxBitrate: number
}

/** What a selection and remedies come to: nothing, the same streams in another container, or an encode. */
export type ClipPlan = { how: 'keep' } | { how: 'copy' } | EncodePlan

const encoding: readonly Remedy[] = [
  'trim',
  're-encode',
  'scale',
  'pad',
  'crop',
  'fit-size',
  'constant-rate',
  'tone-map',
]
const copying: readonly Remedy[] = ['remux', 'keep-first-track']

/** AAC packets that an encoder may add at the end, in samples. */
const audioTail = 3 * 1024
const slowestSampleRate = 44_100
/** What a file of the limit's size may hold, less what the container itself takes. */
const targetBytes = clipLimits.bytes.warn * 0.93

const wholeFrames = (seconds: number, rate: FrameRate): number => {
  const perSecond = framesPerSecond(rate)
  const { min, max } = clipLimits.duration
  const exact = seconds * perSecond
  const nearest = Math.max(1, Math.round(exact))
  if (seconds >= min - 1e-6 && nearest / perSecond < min) return Math.ceil(min * perSecond - 1e-6)
  if (seconds <= max + 1e-6 && nearest / perSecond > max) return Math.floor(max * perSecond + 1e-6)
  return nearest
}

/** Seconds of the picture. */
export const lengthOf = (facts: ClipFacts): number | null =>
  facts.durations.video ?? facts.duration ?? facts.durations.container

/** The part that will be used; null for all of it. A `trim` without a selection takes what fits from the start. */
const part = (facts: ClipFacts, selection: Selection | null, remedies: readonly Remedy[]) => {
  const length = lengthOf(facts)
  if (selection) {
    const end = length === null ? selection.end : Math.min(selection.end, length)
    const all = selection.start <= 0 && length !== null && end >= length - 0.001
    return all ? null : { start: selection.start, end: Math.max(end, selection.start) }
  }
  const long = length !== null && length > clipLimits.duration.max
  return remedies.includes('trim') && long ? { start: 0, end: clipLimits.duration.max } : null
}

const sampleSize = (facts: ClipFacts) => {
  const width = facts.width ?? 0
  const height = facts.height ?? 0
  const [n = 1, d = 1] = facts.sar.split(':').map(Number)
  const square = !(n > 0) || !(d > 0) || n === d
  if (square) return { width, height }
  // The sample's shape is that of stored pixels: a quarter turn swaps it.
  const wide = facts.rotation % 180 === 0 ? n / d : d / n
  return wide > 1 ? { width: width * wide, height } : { width, height: height / wide }
}

const fitFor = (facts: ClipFacts, remedies: readonly Remedy[]): Fit | null => {
  if (!facts.width || !facts.height) return null
  const bounds = { side: clipLimits.side, aspect: clipLimits.aspect, even: true }
  const fit = fitSize(sampleSize(facts), remedies, bounds)
  return fit
}

const encodePlan = (
  facts: ClipFacts,
  selection: Selection | null,
  remedies: readonly Remedy[],
): EncodePlan => {
  const used = part(facts, selection, remedies)
  const length = lengthOf(facts)
  const asked = used ? used.end - used.start : length
  const fastest = remedies.includes('constant-rate') ? clipLimits.frameRate.max : undefined
  const rate = facts.frameRate ? constantRate(facts.frameRate, fastest) : null
  const frames = rate && asked !== null ? wholeFrames(asked, rate) : null
  const seconds = rate && frames !== null ? frames / framesPerSecond(rate) : asked
  const longest = clipLimits.duration.max - audioTail / slowestSampleRate
  const withinLimit = seconds !== null && seconds <= clipLimits.duration.max + 1e-6
  return {
    how: 'encode',
    start: used?.start ?? 0,
    seconds,
    frames,
    audioSeconds: withinLimit ? Math.min(seconds, longest) : seconds,
    rate,
    fit: fitFor(facts, remedies),
    toneMap: facts.hdr,
    maxBitrate: Math.round(
      Math.min(80_000_000, (targetBytes * 8) / Math.max(1, seconds ?? 60) - 200_000),
    ),
  }
}

/**
 * What has to be done to a clip. The same decision serves the forecast and the run.
 *
 * A cut always encodes (copied streams lie about their length: GROUND.md), and whatever is encoded
 * comes out as H.264 with square pixels, upright, at a constant rate and in standard dynamic range.
 */
export const planClip = (
  facts: ClipFacts,
  selection: Selection | null,
  remedies: readonly Remedy[],
): ClipPlan => {
  const cuts = part(facts, selection, remedies) !== null
  if (cuts || remedies.some((remedy) => encoding.includes(remedy)))
    return encodePlan(facts, selection, remedies)
  return remedies.some((remedy) => copying.includes(remedy)) ? { how: 'copy' } : { how: 'keep' }
}
