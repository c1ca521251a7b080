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

const decodersOf = async (ffmpeg: string, signal: AbortSignal | undefined) => {
  const args = ['-hide_banner', '-decoders']
  const run = await runTool(ffmpeg, args, { timeout: 10_000, signal })
  return decodersIn(run.stdout.toString('latin1'))
}

/** Tells whether ffmpeg can decode a codec, one of `codecs`. An ffmpeg that gives no list counts as decoding all. */
export const decoderCheck = async (
  ffmpeg: string,
  codecs: readonly (string | null)[],
  signal?: AbortSignal,
): Promise<(codec: string | null) => boolean> => {
  if (codecs.every((codec) => codec !== null && common.test(codec))) return () => true
  let asked = known.get(ffmpeg)
  if (!asked) {
    asked = decodersOf(ffmpeg, signal)
    known.set(ffmpeg, asked)
    asked.catch(() => known.delete(ffmpeg))
  }
  const found = await asked.catch(() => new Set<string>())
  signal?.throwIfAborted()
  return (codec) => codec !== null && (found.size === 0 || common.test(codec) || found.has(codec))
}
