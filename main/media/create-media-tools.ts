import { basename } from 'node:path'
import { throughTemporary } from '../files/temporary-file'
import { isSoundRole, lengthOf } from '../preflight'
import { runFfmpeg } from '../tools/run-ffmpeg'
import type { ToolPaths } from '../tools/tool-paths'
import { toolVersion } from '../tools/tool-version'
import { decodeCheck } from './clips/decode-check'
import { isPlayable } from './clips/playable'
import { type Pictures, picturesHere } from './images/pictures'
import { inspectFile, measuringStamp } from './inspect'
import type { KnownFacts } from './known-facts'
import { assertPicture, type MediaTools } from './media-tools'
import { proxyConversion, scrubConversion } from './prepare/ffmpeg-args'
import { clipPreparer } from './prepare/prepare-clip'
import { imagePreparer } from './prepare/prepare-image'
import { soundPreparer } from './prepare/prepare-sound'
import { filmstripMaker } from './previews/filmstrip'
import { sceneFinder } from './previews/scene-changes'
import { frameMaker, posterMaker } from './previews/stills'
import { waveformReader } from './previews/waveform'

/** Milliseconds. */
const copyTimeout = 20 * 60_000

/**
 * The media tools of this computer: sharp, and the given ffprobe and ffmpeg. Without `pictures`, sharp works in this
 * process, which only tests want.
 */
export const createMediaTools = (
  tools: ToolPaths,
  pictures: Pictures = picturesHere,
  known?: KnownFacts,
): MediaTools => {
  const prepareStill = imagePreparer(tools, pictures)
  const prepareVideo = clipPreparer(tools)
  const prepareSound = soundPreparer(tools)
  /** Makes something with the ffmpeg of choice, and waits until it is known. Facts wait for nothing. */
  const settled =
    <Given extends unknown[], Made>(make: (...given: Given) => Promise<Made>) =>
    async (...given: Given): Promise<Made> => {
      await tools.settle()
      return await make(...given)
    }
  return {
    inspect: (path, work) =>
      inspectFile(path, { ...tools, pictures }, work, known ? { known } : {}),
    prepare: settled((preparation, ...rest) => {
      const { facts, purpose } = preparation
      if (purpose && isSoundRole(purpose.role))
        return prepareSound(preparation, purpose.role, ...rest)
      const prepare = facts.kind === 'image' ? prepareStill : prepareVideo
      return prepare(preparation, ...rest)
    }),
    poster: settled(posterMaker(tools, pictures)),
    frame: settled(frameMaker(tools)),
    filmstrip: settled(filmstripMaker(tools)),
    waveform: settled(waveformReader(tools)),
    sceneChanges: settled(sceneFinder(tools)),
    decodeError: settled(decodeCheck(tools)),
    stamp: () => measuringStamp(tools),
    playable: isPlayable,
    proxy: settled(copyMaker(proxyConversion, tools)),
    scrubCopy: settled(copyMaker(scrubConversion, tools)),
    assertTools: settled(async () => {
      await Promise.all([
        toolVersion('ffprobe', tools.ffprobe()),
        toolVersion('ffmpeg', tools.ffmpeg()),
      ])
    }),
    version: toolVersion,
  }
}

/** Makes a copy of a clip that only the window uses. */
const copyMaker =
  (conversionOf: typeof proxyConversion, tools: ToolPaths): MediaTools['proxy'] =>
  async (path, facts, output, work) => {
    assertPicture(facts, path)
    const conversion = conversionOf(path, facts, work?.track)
    const run = { seconds: lengthOf(facts), name: basename(path), timeout: copyTimeout }
    await throughTemporary(output, (temporary) =>
      runFfmpeg(tools.ffmpeg(), { ...conversion, ...run, output: temporary }, work),
    )
  }
