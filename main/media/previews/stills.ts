import { basename } from 'node:path'
import type { Facts, ImageFacts } from '../../../preload/contract'
import { throughTemporary } from '../../files/temporary-file'
import { runFfmpeg } from '../../tools/run-ffmpeg'
import { asInput } from '../clips/probe'
import { openImage, withPixels } from '../images/image-decoder'
import { MediaError, type ToolPaths, type Work } from '../media-tools'

const posterSide = 480
const posterTimeout = 15_000

/** Square pixels within a box of so many pixels a side, never enlarged. */
const within = (side: number) =>
  `scale=w='max(2,trunc(iw*sar*min(1,${side}/max(iw*sar,ih))/2)*2)':h='max(2,trunc(ih*min(1,${side}/max(iw*sar,ih))/2)*2)',setsar=1`

const jpeg = [
  '-frames:v',
  '1',
  '-f',
  'image2',
  '-update',
  '1',
  '-c:v',
  'mjpeg',
  '-q:v',
  '4',
  '-pix_fmt',
  'yuvj420p',
]

const frameOf = async (
  path: string,
  before: string[],
  after: string[],
  filters: string,
  output: string,
  tools: ToolPaths,
  work: Work,
) => {
  const args = [...before, '-i', asInput(path), ...after, '-an', '-vf', filters, ...jpeg]
  await throughTemporary(output, (temporary) =>
    runFfmpeg(
      tools.ffmpeg(),
      { args, output: temporary, seconds: null, name: basename(path), timeout: posterTimeout },
      work,
    ),
  )
}

/** The most telling of the first frames: many clips begin in black. */
const clipPoster = (path: string, output: string, tools: ToolPaths, work: Work) =>
  frameOf(path, [], ['-map', '0:V:0'], `${within(posterSide)},thumbnail=12`, output, tools, work)

const imagePoster = async (
  path: string,
  facts: ImageFacts,
  output: string,
  tools: ToolPaths,
  work: Work,
) => {
  if (facts.format === 'bmp')
    return frameOf(path, ['-f', 'bmp_pipe'], [], within(posterSide), output, tools, work)
  await throughTemporary(output, (temporary) =>
    withPixels(async () => {
      await openImage(path, { failOn: 'none', pages: 1 })
        .timeout({ seconds: posterTimeout / 1000 })
        .autoOrient()
        .resize(posterSide, posterSide, { fit: 'inside', withoutEnlargement: true })
        .flatten({ background: '#ffffff' })
        .toColourspace('srgb')
        .jpeg({ quality: 80 })
        .toFile(temporary)
    }, work.signal),
  )
}

/** Writes a small upright JPEG; false where none can be made. Rejects only with AbortError or a missing tool. */
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
    // A clip whose pictures cannot be decoded has no poster: its findings say why.
    return false
  }
}
