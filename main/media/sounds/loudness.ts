import { asInput } from '../../tools/run-ffmpeg'
import { runTool } from '../../tools/run-tool'

/** Seconds that are measured of a file, which is more than any service accepts. */
export const mostMeasured = 40

/** Milliseconds. */
const timeout = 6_000

/** Samples for each second: every sound is counted at one rate, because some codecs declare half of theirs. */
const rate = 48_000

/** Decibels; silence has no lower end. */
const lowest = -120

/** Seconds, and the loudest sample in dB below full scale. */
export interface Loudness {
  seconds: number
  peak: number
}

/** A part of a file, in seconds. */
export interface SoundPart {
  start: number
  seconds: number
}

/**
 * Decodes the sound of a file, or of a part of it. Null if it takes too long; 0 seconds where nothing can be decoded.
 * Rejects with the signal's reason.
 */
export const measureLoudness = async (
  ffmpeg: string,
  path: string,
  { start, seconds }: SoundPart,
  signal?: AbortSignal,
): Promise<Loudness | null> => {
  const args = [
    ...['-hide_banner', '-nostdin', '-protocol_whitelist', 'file'],
    ...[...(start > 0 ? ['-ss', `${start}`] : []), '-t', `${seconds}`, '-i', asInput(path)],
    ...['-map', '0:a:0', '-af', `aresample=${rate},astats`, '-f', 'null', '-'],
  ]
  const { ended, stderr } = await runTool(ffmpeg, args, { timeout, signal })
  if (ended !== null) return null
  const overall = stderr.slice(stderr.lastIndexOf('] Overall'))
  const samples = Number(/Number of samples: (\d+)/.exec(overall)?.[1] ?? 0)
  const peak = Number(/Peak level dB: (\S+)/.exec(overall)?.[1] ?? Number.NaN)
  return {
    seconds: samples / rate,
    peak: Number.isFinite(peak) ? Math.max(lowest, Math.round(peak * 100) / 100) : lowest,
  }
}
