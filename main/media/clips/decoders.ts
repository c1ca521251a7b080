import { unlessAborted } from '../../abort'
import { runTool } from '../../tools/run-tool'

/** Codecs that every ffmpeg decodes, so that it need not be asked. */
const common =
  /^(h264|hevc|mpeg4|mpeg2video|mpeg1video|mjpeg|prores|dnxhd|vp8|vp9|h263|rawvideo|png|gif)$/

const known = new Map<string, Promise<ReadonlySet<string>>>()

/** Decoders and codecs in the output of `ffmpeg -decoders`: ` V....D libaom-av1   libaom AV1 (codec av1)`. */
const decodersIn = (printed: string): Set<string> =>
  new Set(
    printed.split('\n').flatMap((line) => {
      const [, name, codec] = /^ V\S{5} (\S+).*?(?:\(codec (\S+)\))?$/.exec(line) ?? []
      return [name, codec].filter((one) => one !== undefined)
    }),
  )

/** Never rejects; empty if ffmpeg gives no list, which is then asked for again. Nobody's signal ends what all wait for. */
const decodersOf = async (ffmpeg: string): Promise<ReadonlySet<string>> => {
  const args = ['-hide_banner', '-decoders']
  const run = await runTool(ffmpeg, args, { timeout: 10_000 }).catch(() => null)
  const found = decodersIn(run?.code === 0 ? run.stdout.toString('latin1') : '')
  if (found.size === 0) known.delete(ffmpeg)
  return found
}

/**
 * Tells whether ffmpeg can decode a codec, one of `codecs`. An ffmpeg that gives no list counts as decoding all.
 * Rejects with the signal's reason.
 */
export const decoderCheck = async (
  ffmpeg: string,
  codecs: readonly (string | null)[],
  signal: AbortSignal,
): Promise<(codec: string | null) => boolean> => {
  if (codecs.every((codec) => codec !== null && common.test(codec))) return () => true
  const asked = known.get(ffmpeg) ?? decodersOf(ffmpeg)
  known.set(ffmpeg, asked)
  const found = await unlessAborted(asked, signal)
  return (codec) => codec !== null && (found.size === 0 || common.test(codec) || found.has(codec))
}
