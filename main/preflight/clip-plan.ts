import {
  type ClipFacts,
  type Fix,
  ofTrack,
  type Remedy,
  type Selection,
  wan27,
} from '../../preload/contract'
import { constantRate, type FrameRate, framesPerSecond, smoothRate } from './frame-rate'
import { type Fit, fitSize, type Size } from './geometry'

const { clip: limits } = wan27.edit

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
  /** The picture with square pixels; null where they are square already. */
  square: Size | null
  fit: Fit | null
  /** Fills what is padded with the picture, enlarged and blurred. */
  blur: boolean
  toneMap: boolean
  /** Which of the video tracks, counted from 0. */
  track: number
  /** Bits per second that the picture may take at most, so that the file stays below the limit. */
  maxBitrate: number
  /** Bytes of the file at most. */
  maxBytes: number
}

/** Remedies and how they are done: what of a `Fix` decides about the outcome's shape. */
export type Treatment = Omit<Fix, 'remedies' | 'background'> & { remedies: readonly Remedy[] }

/** What a selection and remedies come to: nothing, the same streams in another container, or an encode. */
export type ClipPlan = { how: 'keep' } | { how: 'copy'; track: number } | EncodePlan

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
/** What a file of the limit's size may hold, less what sound and the container itself take. */
const targetBytes = limits.bytes.warn * 0.96
const otherBits = 220_000
const highestBitrate = 80_000_000
const lowestBitrate = 100_000
/** How far the encoder may run ahead of its rate. Seconds. */
export const bufferSeconds = 0.5

/** Bits per second that so many seconds of picture may take in a file of so many bytes. */
export const bitrateFor = (bytes: number, seconds: number): number => {
  const rate = (bytes * 8) / (Math.max(0.1, seconds) + bufferSeconds) - otherBits
  return Math.round(Math.min(highestBitrate, Math.max(lowestBitrate, rate)))
}

const wholeFrames = (seconds: number, rate: FrameRate): number => {
  const perSecond = framesPerSecond(rate)
  const { min, max } = limits.duration
  const exact = seconds * perSecond
  const nearest = Math.max(1, Math.round(exact))
  if (seconds >= min - 1e-6 && nearest / perSecond < min) return Math.ceil(min * perSecond - 1e-6)
  if (seconds <= max + 1e-6 && nearest / perSecond > max) return Math.floor(max * perSecond + 1e-6)
  return nearest
}

/** Seconds of the picture. */
export const lengthOf = (facts: ClipFacts): number | null =>
  facts.durations.video ?? facts.duration ?? facts.durations.container

/** When the last picture ends, on the clip's own clock. */
export const endOf = (facts: ClipFacts): number | null => {
  const length = lengthOf(facts)
  return length === null ? null : length + (facts.videoStart ?? 0)
}

const isAll = (selection: Selection, facts: ClipFacts): boolean => {
  const [length, end, start] = [lengthOf(facts), endOf(facts), facts.videoStart ?? 0]
  if (length === null || end === null || selection.start > start + 0.001) return false
  return selection.end >= end - 0.001 || Math.abs(selection.end - length) < 0.001
}

/** The part that will be used; null for all of it. A `trim` without a selection takes what fits from the start. */
const part = (facts: ClipFacts, selection: Selection | null, remedies: readonly Remedy[]) => {
  if (selection) {
    const end = Math.min(selection.end, endOf(facts) ?? selection.end)
    return isAll(selection, facts)
      ? null
      : { start: selection.start, end: Math.max(end, selection.start) }
  }
  const length = lengthOf(facts)
  const start = facts.videoStart ?? 0
  const long = length !== null && length > limits.duration.max
  return remedies.includes('trim') && long ? { start, end: start + limits.duration.max } : null
}

/** The displayed size in square pixels. */
const squareSize = (facts: ClipFacts): Size => {
  const width = facts.width ?? 0
  const height = facts.height ?? 0
  const [n = 1, d = 1] = facts.sar.split(':').map(Number)
  if (!(n > 0) || !(d > 0) || n === d) return { width, height }
  // The sample's shape is that of stored pixels: a quarter turn swaps it.
  const wide = facts.rotation % 180 === 0 ? n / d : d / n
  const even = (value: number) => Math.max(2, Math.round(value / 2) * 2)
  return wide > 1
    ? { width: even(width * wide), height: even(height) }
    : { width: even(width), height: even(height / wide) }
}

const bounds = { side: limits.side, aspect: limits.aspect, even: true }

const encodePlan = (
  facts: ClipFacts,
  selection: Selection | null,
  treatment: Treatment,
): EncodePlan => {
  const { remedies } = treatment
  const used = part(facts, selection, remedies)
  const length = lengthOf(facts)
  const asked = used ? used.end - used.start : length
  const fastest = remedies.includes('constant-rate') ? limits.frameRate.max : undefined
  const steady = facts.variableFrameRate ? smoothRate : constantRate
  const rate = facts.frameRate ? steady(facts.frameRate, fastest) : null
  const frames = rate && asked !== null ? wholeFrames(asked, rate) : null
  const seconds = rate && frames !== null ? frames / framesPerSecond(rate) : asked
  const longest = limits.duration.max - audioTail / slowestSampleRate
  const withinLimit = seconds !== null && seconds <= limits.duration.max + 1e-6
  const size = squareSize(facts)
  return {
    how: 'encode',
    start: used?.start ?? facts.videoStart ?? 0,
    seconds,
    frames,
    audioSeconds: withinLimit ? Math.min(seconds, longest) : seconds,
    rate,
    square: size.width === facts.width && size.height === facts.height ? null : size,
    fit: size.width && size.height ? fitSize(size, treatment, bounds) : null,
    blur: treatment.pad === 'blur',
    toneMap: facts.hdr,
    track: treatment.track ?? 0,
    maxBitrate: bitrateFor(targetBytes, seconds ?? 60),
    maxBytes: limits.bytes.warn,
  }
}

/**
 * What has to be done to a clip. The same decision serves the forecast and the run.
 *
 * A cut always encodes (copied streams lie about their length: GROUND.md), and whatever is encoded
 * comes out as H.264 with square pixels, upright, at a constant rate and in standard dynamic range.
 */
export const planClip = (
  source: ClipFacts,
  selection: Selection | null,
  treatment: Treatment,
): ClipPlan => {
  const { remedies, track = 0 } = treatment
  const facts = ofTrack(source, track)
  const cuts = part(facts, selection, remedies) !== null
  if (cuts || remedies.some((remedy) => encoding.includes(remedy)))
    return encodePlan(facts, selection, treatment)
  return remedies.some((remedy) => copying.includes(remedy))
    ? { how: 'copy', track }
    : { how: 'keep' }
}
