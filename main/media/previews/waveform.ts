import { basename } from 'node:path'
import type { Facts, Waveform } from '../../../preload/contract'
import { mediaError } from '../../tools/media-error'
import { runTool } from '../../tools/run-tool'
import { asInput } from '../clips/probe'
import type { ToolPaths, Work } from '../media-tools'

const sampleRate = 16_000
/** Samples a peak, at first: two hundred peaks a second show single frames. */
const finest = 80
const mostPeaks = 20_000
const timeout = 120_000

/** Collects the loudest sample of each part; when there are too many parts, neighbours become one. */
export class Peaks {
  private peaks: number[] = []
  private samplesEach: number
  private current = 0
  private seen = 0
  private odd: Buffer = Buffer.alloc(0)

  constructor(private readonly channels: number) {
    this.samplesEach = finest * channels
  }

  /** Takes samples of 16 bits, interleaved; pieces may end anywhere. */
  add(piece: Buffer): void {
    const bytes = this.odd.length > 0 ? Buffer.concat([this.odd, piece]) : piece
    const whole = bytes.length & ~1
    this.odd = Buffer.from(bytes.subarray(whole))
    for (let at = 0; at < whole; at += 2) {
      const value = Math.abs(bytes.readInt16LE(at))
      if (value > this.current) this.current = value
      this.seen += 1
      if (this.seen === this.samplesEach) this.close()
    }
  }

  private close(): void {
    this.peaks.push(this.current)
    this.current = 0
    this.seen = 0
    if (this.peaks.length < mostPeaks) return
    this.peaks = Array.from({ length: mostPeaks / 2 }, (_, at) =>
      Math.max(this.peaks[at * 2] ?? 0, this.peaks[at * 2 + 1] ?? 0),
    )
    this.samplesEach *= 2
  }

  get(): Waveform {
    const last = this.seen > 0 ? [this.current] : []
    return {
      perSecond: (sampleRate * this.channels) / this.samplesEach,
      peaks: [...this.peaks, ...last].map((peak) => Math.round((peak / 32_768) * 1000) / 1000),
    }
  }
}

/** Rejects with MediaError where the sound cannot be read, with AbortError when it is stopped. */
export const readWaveform = async (
  path: string,
  facts: Facts,
  tools: ToolPaths,
  { signal }: Work = {},
): Promise<Waveform> => {
  const sound = facts.kind === 'video' ? facts.audio[0] : undefined
  // As many channels as there are: mixing could cancel out what is heard.
  const channels = Math.min(2, sound?.channels ?? 1)
  const peaks = new Peaks(channels)
  if (!sound) return peaks.get()
  const args = [
    '-v',
    'error',
    '-nostdin',
    '-i',
    asInput(path),
    '-map',
    '0:a:0',
    '-af',
    'aresample=async=1:first_pts=0',
    '-ac',
    `${channels}`,
    '-ar',
    `${sampleRate}`,
    '-f',
    's16le',
    'pipe:1',
  ]
  const onOutput = (piece: Buffer) => peaks.add(piece)
  const run = await runTool(tools.ffmpeg(), args, { timeout, signal, onOutput })
  const name = basename(path)
  if (run.ended === 'timeout')
    throw mediaError('timeout', { name, minutes: timeout / 60_000 }, run.stderr)
  if (run.code !== 0) throw mediaError('failed', { name, reason: lastLine(run.stderr) }, run.stderr)
  return peaks.get()
}

const lastLine = (stderr: string) =>
  stderr
    .split('\n')
    .findLast((line) => line.trim() !== '')
    ?.slice(0, 200) ?? ''
