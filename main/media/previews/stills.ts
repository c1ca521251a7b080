import { basename } from 'node:path'
import type { Facts, ImageFacts } from '../../../preload/contract'
import { throughTemporary } from '../../files/temporary-file'
import { MediaError } from '../../tools/media-error'
import { asInput, runFfmpeg } from '../../tools/run-ffmpeg'
import type { Work } from '../../tools/run-tool'
import type { ToolPaths } from '../../tools/tool-paths'
import { openImage, withPixels } from '../images/image-decoder'

/** Longest side of a poster, in pixels. */
const posterSide = 480
/** Milliseconds. */
const timeout = 15_000

/** Scales down to square pixels within the poster's box. */
const fitted = `scale=w='max(2,trunc(iw*sar*min(1,${posterSide}/max(iw*sar,ih))/2)*2)':h='max(2,trunc(ih*min(1,${posterSide}/max(iw*sar,ih))/2)*2)',setsar=1`

const oneJpeg = [
  ...['-frames:v', '1', '-f', 'image2', '-update', '1'],
  ...['-c:v', 'mjpeg', '-q:v', '4', '-pix_fmt', 'yuvj420p'],
]

const ffmpegPoster = async (
  path: string,
  { before = [], after = [] }: { before?: string[]; after?: string[] },
  output: string,
  tools: ToolPaths,
  work: Work,
) => {
  const inputs = [{ file: asInput(path), options: before }]
  const options = [...after, ...oneJpeg]
  const run = { inputs, options, seconds: null, name: basename(path), timeout }
  await throughTemporary(output, (temporary) =>
    runFfmpeg(tools.ffmpeg(), { ...run, output: temporary }, work),
  )
}

/** The most representative of the first frames, because many clips begin in black. */
const clipPoster = (path: string, output: string, tools: ToolPaths, work: Work) => {
  const after = ['-map', '0:V:0', '-an', '-vf', `${fitted},thumbnail=12`]
  return ffmpegPoster(path, { after }, output, tools, work)
}

const imagePoster = async (
  path: string,
  facts: ImageFacts,
  output: string,
  tools: ToolPaths,
  work: Work,
) => {
  if (facts.format === 'bmp') {
    const options = { before: ['-f', 'bmp_pipe'], after: ['-an', '-vf', fitted] }
    return ffmpegPoster(path, options, output, tools, work)
  }
  await throughTemporary(output, (temporary) =>
    withPixels(async () => {
      await openImage(path, { failOn: 'none', pages: 1 })
        .timeout({ seconds: timeout / 1000 })
        .autoOrient()
        .resize(posterSide, posterSide, { fit: 'inside', withoutEnlargement: true })
        .flatten({ background: '#ffffff' })
        .toColourspace('srgb')
        .jpeg({ quality: 80 })
        .toFile(temporary)
    }, work.signal),
  )
}

/**
 * Writes a JPEG of at most 480 px, upright. Returns false if none can be made. Rejects only with the signal's reason,
 * or with MediaError if ffmpeg cannot be started.
 */
export const makePoster = async (
  path: string,
  facts: Facts,
  output: string,
  tools: ToolPaths,
  work: Work = {},
): Promise<boolean> => {
  try {
    if (facts.kind === 'video' && facts.videoTracks > 0) await clipPoster(path, output, tools, work)
    else if (facts.kind === 'image' && facts.decodes)
      await imagePoster(path, facts, output, tools, work)
    else return false
    return true
  } catch (error) {
    work.signal?.throwIfAborted()
    if (error instanceof MediaError && error.text.key === 'media.tool-missing') throw error
    // A clip that cannot be decoded has no poster. Its findings tell the reason.
    return false
  }
}
