import { basename } from 'node:path'
import type { Waveform } from '../../../preload/contract'
import { asInput, askFfmpeg } from '../../tools/run-ffmpeg'
import type { ToolPaths } from '../../tools/tool-paths'
import type { MediaTools } from '../media-tools'

const sampleRate = 16_000
/** Samples per peak at the start: 200 peaks per second show single frames. */
const finest = 80
const maxPeaks = 20_000
/** Milliseconds. */
const timeout = 120_000

/** Collects the loudest sample of each interval. When there are too many intervals, neighbours are merged. */
export class Peaks {
  private peaks: number[] = []
  private samplesPerPeak: number
  private current = 0
  private seen = 0
  private odd: Buffer = Buffer.alloc(0)

  constructor(private readonly channels: number) {
    this.samplesPerPeak = finest * channels
  }

  /** Adds interleaved 16-bit samples. A piece may end within a sample. */
  add(piece: Buffer): void {
    const bytes = this.odd.length > 0 ? Buffer.concat([this.odd, piece]) : piece
    const whole = bytes.length & ~1
    this.odd = Buffer.from(bytes.subarray(whole))
    for (let at = 0; at < whole; at += 2) {
      const value = Math.abs(bytes.readInt16LE(at))
      if (value > this.current) this.current = value
      this.seen += 1
      if (this.seen === this.samplesPerPeak) this.close()
    }
  }

  private close(): void {
    this.peaks.push(this.current)
    this.current = 0
    this.seen = 0
    if (this.peaks.length < maxPeaks) return
    this.peaks = Array.from({ length: maxPeaks / 2 }, (_, at) =>
      Math.max(this.peaks[at * 2] ?? 0, this.peaks[at * 2 + 1] ?? 0),
    )
    this.samplesPerPeak *= 2
  }

  get(): Waveform {
    const last = this.seen > 0 ? [this.current] : []
    return {
      perSecond: (sampleRate * this.channels) / this.samplesPerPeak,
      peaks: [...this.peaks, ...last].map((peak) => Math.round((peak / 32_768) * 1000) / 1000),
    }
  }
}

/**
 * Reads the loudness over time of a sound, or of a clip's first audio track; without audio there are no peaks. Rejects with MediaError if
 * the audio cannot be read, and with the signal's reason.
 */
export const waveformReader =
  (tools: ToolPaths): MediaTools['waveform'] =>
  async (path, facts, { signal } = {}) => {
    const audio =
      facts.kind === 'video' ? facts.audio[0] : facts.kind === 'sound' ? facts : undefined
    // Channels are not mixed to mono: that could cancel out audible sound.
    const channels = Math.min(2, audio?.channels ?? 1)
    const peaks = new Peaks(channels)
    if (!audio) return peaks.get()
    const args = [
      ...['-v', 'error', '-nostdin', '-i', asInput(path)],
      ...['-map', '0:a:0', '-af', 'aresample=async=1:first_pts=0'],
      ...['-ac', `${channels}`, '-ar', `${sampleRate}`, '-f', 's16le', 'pipe:1'],
    ]
    const onOutput = (piece: Buffer) => peaks.add(piece)
    await askFfmpeg(tools.ffmpeg(), args, { name: basename(path), timeout, signal, onOutput })
    return peaks.get()
  }
