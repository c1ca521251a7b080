import { basename } from 'node:path'
import { z } from 'zod'
import type { ClipFacts } from '../../../preload/contract'
import { type EncodePlan, isSameCut, type PicturePacket, packetsOfCut } from '../../preflight'
import { MediaError } from '../../tools/media-error'
import { asInput, type Conversion, runFfmpeg } from '../../tools/run-ffmpeg'
import { runTool, type Work } from '../../tools/run-tool'
import type { ToolPaths } from '../../tools/tool-paths'
import { picturesHere } from '../images/pictures'
import { inspectFile } from '../inspect'
import { copyCutConversion } from './ffmpeg-args'

/** Milliseconds; both take a fraction of a second. */
const listTimeout = 15_000
const copyTimeout = 60_000

const seconds = z.coerce.number().nullish().catch(null)
const listed = z.object({
  packets: z.array(
    z.object({ pts_time: seconds, size: z.coerce.number(), flags: z.string().default('') }),
  ),
})

/** Bytes: many times the list of the packets of some seconds. */
const longestList = 1 << 24

/** Seconds before and after a cut in which its packets may lie. */
const margin = 1

/** The packets of a video track around a part of a clip; none if they cannot be listed. */
const listPackets = async (
  ffprobe: string,
  path: string,
  { track, start, seconds: length }: Pick<EncodePlan, 'track' | 'start' | 'seconds'>,
  signal?: AbortSignal,
): Promise<PicturePacket[]> => {
  const from = Math.max(0, start - margin)
  const args = [
    ...['-v', 'error', '-protocol_whitelist', 'file', '-select_streams', `V:${track}`],
    ...['-read_intervals', `${from}%${start + (length ?? 0) + margin}`],
    ...['-show_entries', 'packet=pts_time,size,flags', '-of', 'json', asInput(path)],
  ]
  const run = await runTool(ffprobe, args, {
    timeout: listTimeout,
    signal,
    maxOutput: longestList,
  })
  if (run.code !== 0) return []
  return packetsIn(run.stdout.toString('utf8'))
}

const packetsIn = (json: string): PicturePacket[] => {
  try {
    return listed.parse(JSON.parse(json)).packets.map(({ pts_time, size, flags }) => ({
      at: pts_time ?? null,
      bytes: size,
      isKey: flags.startsWith('K'),
    }))
  } catch {
    return []
  }
}

/** Seconds by which the two readings of a length may differ. */
const exactly = 0.001

/** Whether a file has the promised length with and without its edit list, and decodes. */
const keepsPromise = (facts: ClipFacts, { seconds: length }: EncodePlan): boolean => {
  const { video, ignoringEdits } = facts.durations
  const is = (found: number | null) => Math.abs((found ?? 0) - (length ?? 0)) < exactly
  return is(video) && is(ignoringEdits) && facts.framesDecode !== false
}

/**
 * Makes a cut that begins with a key frame by copying the picture; the sound is encoded, because its packets end
 * elsewhere. Gives what was run; null if the copy would not be exact to the frame at both ends: then nothing may be used.
 */
export const copyCut = async (
  path: string,
  facts: ClipFacts,
  plan: EncodePlan,
  output: string,
  tools: ToolPaths,
  work: Work,
): Promise<Conversion | null> => {
  const { signal } = work
  const wanted = packetsOfCut(await listPackets(tools.ffprobe(), path, plan, signal), plan)
  const first = wanted?.[0]?.at
  if (!wanted || typeof first !== 'number') return null
  const isReordered = wanted.some(({ at }, index) => (at ?? 0) < (wanted[index - 1]?.at ?? 0))
  const conversion = copyCutConversion(path, facts, { ...plan, start: first }, isReordered)
  const run = { ...conversion, output, seconds: plan.seconds, name: basename(path) }
  try {
    await runFfmpeg(tools.ffmpeg(), { ...run, timeout: copyTimeout }, { ...(signal && { signal }) })
  } catch (error) {
    if (error instanceof MediaError) return null
    throw error
  }
  const copied = await listPackets(tools.ffprobe(), output, { ...plan, track: 0, start: 0 }, signal)
  if (!isSameCut(copied, wanted, plan)) return null
  // A clip holds no picture for sharp.
  const inspecting = { ...tools, pictures: picturesHere }
  const made = await inspectFile(output, inspecting, { decode: true, ...(signal && { signal }) })
  return made.kind === 'video' && keepsPromise(made, plan) ? conversion : null
}
