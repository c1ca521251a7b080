import { z } from 'zod'
import { askTool } from '../../tools/ask-tool'
import { asInput } from '../../tools/run-ffmpeg'

const measured = z
  .union([z.number(), z.string()])
  .nullish()
  .transform((value) => {
    const number = Number(value ?? Number.NaN)
    return Number.isFinite(number) ? number : null
  })
const fraction = z
  .string()
  .nullish()
  .transform((value) => {
    const [n, d] = (value ?? '').split(/[/:]/).map(Number)
    return n && d && Number.isFinite(n / d) ? n / d : null
  })

const sideData = z.object({ rotation: measured })

const stream = z.object({
  index: z.number(),
  codec_type: z.string().nullish(),
  codec_name: z.string().nullish(),
  codec_tag_string: z.string().nullish(),
  width: measured,
  height: measured,
  sample_aspect_ratio: z.string().nullish(),
  color_transfer: z.string().nullish(),
  r_frame_rate: fraction,
  avg_frame_rate: fraction,
  duration: measured,
  start_time: measured,
  channels: measured,
  sample_rate: measured,
  disposition: z.record(z.string(), z.number()).nullish(),
  tags: z.record(z.string(), z.unknown()).nullish(),
  side_data_list: z.array(sideData).nullish(),
})

/** The part of ffprobe's answer (4 to 8) to `-show_format -show_streams` that is used. Seconds, pixels. */
const answer = z.object({
  streams: z
    .array(stream)
    .nullish()
    .transform((streams) => streams ?? []),
  packets: z
    .array(
      z.object({
        stream_index: z.number().nullish(),
        pts_time: measured,
        dts_time: measured,
        duration_time: measured,
      }),
    )
    .nullish(),
  format: z.object({ duration: measured, start_time: measured }).nullish(),
})

export type ProbedStream = z.output<typeof stream>
export type Probed = z.output<typeof answer>

const readJson = (bytes: Buffer): unknown => {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    return null // fails the schema
  }
}

/** Bytes; many times what ffprobe writes about a clip with all its packets. */
const maxOutput = 1 << 24

/**
 * Runs ffprobe on a file: 'unreadable' if it cannot open the file, 'crashed' if a signal ended it, 'timeout' if it did
 * not end in time (ms).
 * `extra` are options before the input.
 */
export const probe = async (
  ffprobe: string,
  path: string,
  options: { timeout: number; signal?: AbortSignal | undefined; extra?: readonly string[] },
): Promise<Probed | 'unreadable' | 'crashed' | 'timeout'> => {
  const args = [
    ...['-v', 'error', ...(options.extra ?? []), '-protocol_whitelist', 'file'],
    ...['-show_format', '-show_streams', '-of', 'json'],
  ]
  const run = await askTool(ffprobe, args, asInput(path), { ...options, maxOutput })
  if (run.ended === 'timeout') return 'timeout'
  if (run.ended === null && run.code === null) return 'crashed'
  const parsed = answer.safeParse(readJson(run.stdout))
  return run.code === 0 && parsed.success && parsed.data.format ? parsed.data : 'unreadable'
}

/** Whether a stream is a cover picture or a thumbnail. */
const isCover = ({ disposition }: ProbedStream) =>
  disposition?.['attached_pic'] === 1 || disposition?.['timed_thumbnails'] === 1

export const videoStreams = (probed: Probed): ProbedStream[] =>
  probed.streams.filter((one) => one.codec_type === 'video' && !isCover(one))

export const videoCodecs = (probed: Probed): (string | null)[] =>
  videoStreams(probed).map((one) => one.codec_name ?? null)

export const audioStreams = (probed: Probed): ProbedStream[] =>
  probed.streams.filter((one) => one.codec_type === 'audio')

const turned = (degrees: number) => (((Math.round(degrees / 90) * 90) % 360) + 360) % 360

/**
 * Degrees clockwise by which the picture must be turned for display.
 *
 * The display matrix (counter-clockwise) has priority. Old versions of ffprobe also report a tag with the opposite
 * sign, new ones only the matrix.
 */
export const rotationOf = (one: ProbedStream): number => {
  const matrix = one.side_data_list?.find((data) => data.rotation !== null)?.rotation
  if (matrix !== undefined && matrix !== null) return turned(-matrix)
  const tag = Number(one.tags?.['rotate'] ?? 0)
  return Number.isFinite(tag) ? turned(tag) : 0
}

/** Whether the transfer function is PQ or HLG. */
export const isHdr = (one: ProbedStream): boolean =>
  one.color_transfer === 'smpte2084' || one.color_transfer === 'arib-std-b67'
