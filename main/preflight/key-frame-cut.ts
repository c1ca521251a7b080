import type { ClipFacts, Remedy } from '../../preload/contract'
import { wan27 } from '../../preload/contract/wan27'
import { type FrameRate, framesPerSecond } from './frame-rate'
import type { Fit, Size } from './geometry'

const { clip: limits } = wan27.edit

/** What phone footage needs at the quality that clips are encoded with. Bits per pixel. */
export const usualBitsPerPixel = 0.12

/** A source of more than so many times the usual bitrate is encoded, so that the file is about as large as promised. */
const mostBits = 9

/** What may be done without a change of the picture. */
const cutting: readonly Remedy[] = ['trim', 'rename']

/** The part of an `EncodePlan` that decides about a copy. Seconds on the clip's own clock. */
interface Cut {
  start: number
  rate: FrameRate | null
  frames: number | null
  maxBytes: number
}

interface Shape extends Pick<Cut, 'rate' | 'frames'> {
  fit: Fit | null
  square: Size | null
}

/** Whether an encode would change nothing but the length, so that a copy of the packets is as good. */
export const changesOnlyLength = (
  facts: ClipFacts,
  remedies: readonly Remedy[],
  { fit, square, rate, frames }: Shape,
): boolean => {
  const { width, height, durations, bytes } = facts
  const usual =
    (width ?? 0) * (height ?? 0) * (rate ? framesPerSecond(rate) : 0) * usualBitsPerPixel
  return (
    // Not HEVC: the forecast promises H.264.
    facts.codec === 'h264' &&
    limits.containers.includes(facts.container) &&
    remedies.every((remedy) => cutting.includes(remedy)) &&
    frames !== null &&
    square === null &&
    !(fit?.crop || fit?.scale || fit?.pad) &&
    facts.rotation === 0 &&
    facts.complete &&
    !(facts.hdr || facts.variableFrameRate || facts.encrypted) &&
    facts.timesRise !== false &&
    facts.videoStart === undefined &&
    bytes * 8 <= usual * mostBits * (durations.video ?? 0)
  )
}

/** A packet of the picture, in the order of decoding. */
export interface PicturePacket {
  /** When it is shown, in seconds on the clip's own clock. */
  at: number | null
  bytes: number
  isKey: boolean
}

/** Seconds by which the time of a frame may differ from the one that an encode would give it. */
const tolerance = 0.0015

/** Whether packets are shown as so many frames of a constant rate, one after the other from a time. */
const areFrames = (packets: readonly PicturePacket[], first: number, perSecond: number): boolean =>
  packets
    .map(({ at }) => at ?? Number.NaN)
    .toSorted((a, b) => a - b)
    .every((at, index) => Math.abs(at - first - index / perSecond) < tolerance)

/**
 * The packets that are exactly the frames of a cut; null if it does not begin with a key frame, if frames before it are
 * decoded after it, or if a frame after the end is needed to decode one before it.
 */
export const packetsOfCut = (
  packets: readonly PicturePacket[],
  { start, rate, frames, maxBytes }: Cut,
): PicturePacket[] | null => {
  const from = packets.findIndex(
    ({ at, isKey }) => isKey && at !== null && Math.abs(at - start) < tolerance,
  )
  if (from < 0 || !rate || frames === null) return null
  const used = packets.slice(from, from + frames)
  const size = used.reduce((sum, { bytes }) => sum + bytes, 0)
  const fits = used.length === frames && size < maxBytes * 0.95
  return fits && areFrames(used, used[0]?.at ?? start, framesPerSecond(rate)) ? used : null
}

/** Whether a copy has just these packets, and shows them from its beginning. */
export const isSameCut = (
  copied: readonly PicturePacket[],
  wanted: readonly PicturePacket[],
  { rate }: Pick<Cut, 'rate'>,
): boolean =>
  rate !== null &&
  copied.length === wanted.length &&
  copied.every(({ bytes }, index) => bytes === wanted[index]?.bytes) &&
  areFrames(copied, 0, framesPerSecond(rate))
