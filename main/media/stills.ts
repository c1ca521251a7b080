import { basename } from 'node:path'
import type { ClipFacts, Facts, ImageFacts } from '../../preload/contract'
import { lengthOf } from '../preflight'
import { openImage, withPixels } from './image-decoder'
import { mediaError } from './media-texts'
import { type FilmstripFile, MediaError, type ToolPaths, type Work } from './media-tools'
import { asInput } from './probe'
import { runFfmpeg } from './run-ffmpeg'
import { throughTemporary } from './temporary-file'

const posterSide = 480
const posterTimeout = 15_000
const filmstripTimeout = 60_000
const filmstripHeight = 90

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
  filters: string,
  output: string,
  tools: ToolPaths,
  work: Work,
) => {
  const args = [...before, '-i', asInput(path), '-an', '-vf', filters, ...jpeg]
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
  frameOf(path, [], `${within(posterSide)},thumbnail=12`, output, tools, work)

const imagePoster = async (
  path: string,
  facts: ImageFacts,
  output: string,
  tools: ToolPaths,
  work: Work,
) => {
  if (facts.format === 'bmp')
    return frameOf(path, ['-f', 'bmp_pipe'], within(posterSide), output, tools, work)
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

/** About two tiles a second, no more than fit across a screen and no fewer than fill it. */
const tilesFor = (seconds: number) => Math.max(8, Math.min(30, Math.round(seconds * 2)))

const tileWidthOf = (facts: ClipFacts): number => {
  const [n = 1, d = 1] = facts.sar.split(':').map(Number)
  const wide = facts.rotation % 180 === 0 ? n / d : d / n
  const ratio =
    facts.width && facts.height ? (facts.width / facts.height) * (wide > 0 ? wide : 1) : 16 / 9
  return Math.max(16, Math.min(320, Math.round((filmstripHeight * ratio) / 2) * 2))
}

/** Equal tiles side by side, each the frame in the middle of its part, in one run. */
export const makeFilmstrip = async (
  path: string,
  facts: Facts,
  output: string,
  tools: ToolPaths,
  work: Work = {},
): Promise<FilmstripFile> => {
  const duration = facts.kind === 'video' ? lengthOf(facts) : null
  if (facts.kind !== 'video' || facts.videoTracks === 0 || !duration) {
    throw mediaError('not-possible', { name: basename(path) }, 'no pictures in time')
  }
  const count = tilesFor(duration)
  const tileWidth = tileWidthOf(facts)
  const step = duration / count
  const filters = [
    // Of the frames nearest to a step the last one stays, which is the one in the middle between two steps.
    `fps=fps=${count}/${duration.toFixed(6)}:start_time=0:round=near`,
    `scale=${tileWidth}:${filmstripHeight}`,
    'setsar=1',
    `tile=${count}x1`,
  ]
  const args = ['-i', asInput(path), '-map', '0:V:0', '-an', '-vf', filters.join(','), ...jpeg]
  await throughTemporary(output, (temporary) =>
    runFfmpeg(
      tools.ffmpeg(),
      { args, output: temporary, seconds: step, name: basename(path), timeout: filmstripTimeout },
      work,
    ),
  )
  return { path: output, count, tileWidth, tileHeight: filmstripHeight, duration }
}
