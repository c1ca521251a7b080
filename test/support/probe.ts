import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { z } from 'zod'
import { bundledFfprobe } from '../../main/tools/tool-paths'

const answer = z.object({
  format: z.object({ duration: z.coerce.number() }),
  streams: z.array(
    z.object({
      codec_type: z.string(),
      codec_name: z.string(),
      width: z.number().optional(),
      height: z.number().optional(),
    }),
  ),
})

/** ffprobe's own answer about a file, without our code. Seconds, pixels. */
export const probe = async (file: string) => {
  const { stdout } = await promisify(execFile)(bundledFfprobe(), [
    ...['-v', 'error', '-of', 'json', '-show_format', '-show_streams'],
    file,
  ])
  const { format, streams } = answer.parse(JSON.parse(stdout))
  const video = streams.find(({ codec_type }) => codec_type === 'video')
  return {
    seconds: format.duration,
    codecs: streams.map(({ codec_name }) => codec_name),
    width: video?.width,
    height: video?.height,
  }
}
