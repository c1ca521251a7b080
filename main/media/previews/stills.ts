import { basename } from 'node:path'
import type { ClipFacts, Facts } from '../../../preload/contract'
import { throughTemporary } from '../../files/temporary-file'
import { MediaError } from '../../tools/media-error'
import { asInput, type Conversion, runFfmpeg } from '../../tools/run-ffmpeg'
import type { ToolPaths } from '../../tools/tool-paths'
import type { Pictures } from '../images/pictures'
import { assertPicture, type MediaTools } from '../media-tools'
import { squareWithin } from '../prepare/ffmpeg-args'

/** Longest side of a poster, in pixels. */
const posterSide = 480
/** Milliseconds. */
const timeout = 15_000

const fitted = squareWithin(posterSide)

const oneJpeg = [
  ...['-frames:v', '1', '-f', 'image2', '-update', '1'],
  ...['-c:v', 'mjpeg', '-q:v', '4', '-pix_fmt', 'yuvj420p'],
]

/** Of a clip the most representative of the first frames, because many clips begin in black. */
const conversionOf = (path: string, { kind }: Facts): Conversion => {
  const file = asInput(path)
  return kind === 'video'
    ? {
        inputs: [{ file }],
        options: ['-map', '0:V:0', '-an', '-vf', `${fitted},thumbnail=12`, ...oneJpeg],
      }
    : {
        inputs: [{ file, options: ['-f', 'bmp_pipe'] }],
        options: ['-an', '-vf', fitted, ...oneJpeg],
      }
}

/**
 * Writes a JPEG of at most 480 px, upright. Returns false if none can be made. Rejects only with the signal's reason,
 * or with MediaError if ffmpeg cannot be started.
 */
export const posterMaker =
  (tools: ToolPaths, pictures: Pictures): MediaTools['poster'] =>
  async (path, facts, output, work = {}) => {
    const hasPicture =
      (facts.kind === 'video' && facts.videoTracks > 0) || (facts.kind === 'image' && facts.decodes)
    if (!hasPicture) return false
    const run = { ...conversionOf(path, facts), seconds: null, name: basename(path), timeout }
    try {
      await throughTemporary(output, async (temporary) => {
        if (facts.kind !== 'image' || facts.format === 'bmp')
          return await runFfmpeg(tools.ffmpeg(), { ...run, output: temporary }, work)
        const job = { do: 'poster', path, output: temporary, side: posterSide } as const
        await pictures.ask(job, { timeout, signal: work.signal })
      })
      return true
    } catch (error) {
      work.signal?.throwIfAborted()
      if (error instanceof MediaError && error.text.key === 'media.tool-missing') throw error
      // A clip that cannot be decoded has no poster. Its findings tell the reason.
      return false
    }
  }

/** Longest side of a frame that is saved, in pixels: the model makes none that are larger. */
const frameSide = 4096

/** Seconds from which ffmpeg's next frame is the one on screen at a time: half a frame before its own time. */
const seekFor = (time: number, { frameRate, durations, duration }: ClipFacts): number => {
  const rate = frameRate ?? 30
  const last = Math.round((durations.video ?? duration ?? time) * rate) - 1
  const frame = Math.min(Math.floor(time * rate + 0.001), last)
  return Math.max(0, (frame - 0.5) / rate)
}

/** Writes the frame on screen at a time (seconds) as a PNG, upright. Rejects with MediaError. */
export const frameMaker =
  (tools: ToolPaths): MediaTools['frame'] =>
  async (path, facts, time, output, work) => {
    assertPicture(facts, path)
    const seek = ['-ss', seekFor(time, facts).toFixed(6)]
    const run = {
      inputs: [{ file: asInput(path), options: seek }],
      options: [
        ...['-map', '0:V:0', '-an', '-vf', squareWithin(frameSide)],
        ...['-frames:v', '1', '-f', 'image2', '-update', '1', '-c:v', 'png'],
      ],
      seconds: null,
      name: basename(path),
      timeout,
    }
    await throughTemporary(output, (temporary) =>
      runFfmpeg(tools.ffmpeg(), { ...run, output: temporary }, work),
    )
  }
