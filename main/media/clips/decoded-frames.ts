import type { ClipFacts } from '../../../preload/contract'
import { asInput } from '../../tools/run-ffmpeg'
import { runTool } from '../../tools/run-tool'
import { toolVersion } from '../../tools/tool-version'

/** Milliseconds of one run. */
const timeout = 6000

/** Fractions of the length. What index and packets say of the end may differ a little. */
const places = [0, 0.5, 0.95]
/** Fraction of the length within which a frame counts as being at a place. */
const near = 0.1

/** One line for each frame, without its pixels. */
const asLines = ['-vsync', 'passthrough', '-f', 'framecrc', 'pipe:1']

const inputOf = (path: string) => ['-protocol_whitelist', 'file', '-i', asInput(path)]

/** Jumps to the key frames before these times, in seconds, and gives how many of them were decoded. */
const atKeyFrames = (path: string, times: readonly number[]): string[] => [
  ...times.flatMap((time) => [
    // Not accurate: the first frame is then the key frame before the time.
    ...['-noaccurate_seek', ...(time > 0 ? ['-ss', time.toFixed(3)] : [])],
    ...inputOf(path),
  ]),
  // An output for each, because the first stream that has its frames ends the others of its output.
  ...times.flatMap((_, input) => ['-map', `${input}:V:0`, '-frames:v', '1', ...asLines]),
]

/** The times of all frames that ffmpeg printed, in seconds. */
const frameTimes = (printed: string): number[] => {
  const [, numerator = 0, denominator = 1] =
    /^#tb 0: (\d+)\/(\d+)/m.exec(printed)?.map(Number) ?? []
  return [...printed.matchAll(/^0, *-?\d+, *(-?\d+),/gm)].map(
    ([, time]) => (Number(time) * numerator) / denominator,
  )
}

/**
 * Whether frames at the start, the middle and the end of the first video track can be decoded. `framesDecode` is
 * missing where that cannot be told: without a decoder or in a file that is cut off, and if it takes too long.
 *
 * Rejects with the signal's reason, and with MediaError if ffmpeg cannot be run at all.
 */
export const decodedFrames = async (
  ffmpeg: string,
  path: string,
  facts: ClipFacts,
  signal: AbortSignal,
): Promise<Pick<ClipFacts, 'framesDecode'>> => {
  const { videoTracks, encrypted, decodes, complete, whole, durations, videoStart = 0 } = facts
  const isThere = complete || whole !== undefined
  if (videoTracks === 0 || encrypted || decodes === false || !isThere) return {}
  const length = durations.video ?? 0
  const times = length > 0 ? places.map((place) => videoStart + length * place) : [0]
  const run = async (args: readonly string[]) => {
    const all = ['-v', 'error', '-nostdin', ...args]
    const { stdout, ended } = await runTool(ffmpeg, all, { timeout, signal })
    return ended === null ? stdout.toString('latin1') : null
  }
  const printed = await run(atKeyFrames(path, times))
  if (printed === null) return {}
  const decoded = frameTimes(printed).length
  if (decoded === times.length) return { framesDecode: true }
  // An ffmpeg that never works says nothing about the file.
  if (decoded === 0) await toolVersion('ffmpeg', ffmpeg)
  // A transport stream has no index: after a jump there may be no key frame any more.
  const all = await run([...inputOf(path), '-map', '0:V:0', ...asLines])
  if (all === null) return decoded === 0 ? { framesDecode: false } : {}
  // ffmpeg counts from the first packet of the file or from the first frame.
  const [first = 0, ...others] = frameTimes(all)
  const isShown = (place: number) =>
    others.some((time) => Math.abs(time - first - length * place) <= Math.max(1, length * near))
  return { framesDecode: places.every(isShown) }
}
