import type { SoundFacts } from '../../../preload/contract'
import { audioStreams, type Probed } from '../clips/probe'
import { type Loudness, mostMeasured } from './loudness'

/** Everything that was read of a sound. */
interface Reading {
  format: string
  bytes: number
  cutOff: boolean
  /** Null where it took too long. */
  loudness: Loudness | null
}

/** A tag in front of MP3 may also stand in front of these. */
const tagged: readonly string[] = ['aac', 'flac']

/** Seconds by which a header counts the silence that an encoder adds. */
const padding = 0.1

/**
 * What can be played. A header's word counts only where it is near to what was decoded: it may be an estimate. Services
 * may count the encoder's silence, so the longer one is used.
 */
const durationOf = (declared: number | null, { cutOff, loudness }: Reading): number | null => {
  const decoded = loudness?.seconds ?? 0
  if (decoded === 0) return declared
  if (decoded > mostMeasured - padding) return declared ?? decoded
  const isNear = declared !== null && Math.abs(declared - decoded) <= padding
  return isNear && !cutOff ? Math.max(declared, decoded) : decoded
}

const positive = (value: number | null | undefined): number | null =>
  value && value > 0 ? value : null

/** Null for a file without sound. */
export const soundFacts = (reading: Reading, probed: Probed): SoundFacts | null => {
  const [stream] = audioStreams(probed)
  if (!stream) return null
  const { format, bytes, cutOff, loudness } = reading
  const codec = stream.codec_name ?? null
  return {
    kind: 'sound',
    format: format === 'mp3' && tagged.includes(codec ?? '') ? (codec ?? format) : format,
    codec,
    duration: durationOf(positive(stream.duration) ?? positive(probed.format?.duration), reading),
    channels: positive(stream.channels),
    sampleRate: positive(stream.sample_rate),
    peak: loudness && loudness.seconds > 0 ? loudness.peak : null,
    complete: !cutOff,
    decodes: loudness === null || loudness.seconds > 0,
    bytes,
  }
}
