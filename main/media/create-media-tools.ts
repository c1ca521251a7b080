import { basename } from 'node:path'
import type { ClipFacts, Facts } from '../../preload/contract'
import { throughTemporary } from '../files/temporary-file'
import { lengthOf } from '../preflight'
import { mediaError } from '../tools/media-error'
import { type Conversion, runFfmpeg } from '../tools/run-ffmpeg'
import type { ToolPaths } from '../tools/tool-paths'
import { toolIdentity, toolVersion } from '../tools/tool-version'
import { isPlayable } from './clips/playable'
import { inspectFile, measuring } from './inspect'
import type { MediaTools, PictureWork } from './media-tools'
import { proxyConversion, scrubConversion } from './prepare/ffmpeg-args'
import { prepareClip } from './prepare/prepare-clip'
import { prepareImage } from './prepare/prepare-image'
import { makeFilmstrip } from './previews/filmstrip'
import { findSceneChanges } from './previews/scene-changes'
import { makePoster } from './previews/stills'
import { readWaveform } from './previews/waveform'

/** Milliseconds. */
const copyTimeout = 20 * 60_000

/** The media tools of this computer: sharp, and the given ffprobe and ffmpeg. */
export const createMediaTools = (tools: ToolPaths): MediaTools => ({
  inspect: (path, work) => inspectFile(path, tools, work),
  prepare: (preparation, output, work) =>
    preparation.facts.kind === 'image'
      ? prepareImage(preparation, output, tools, work)
      : prepareClip(preparation, output, tools, work),
  poster: (path, facts, output, work) => makePoster(path, facts, output, tools, work),
  filmstrip: (path, facts, output, work) => makeFilmstrip(path, facts, output, tools, work),
  waveform: (path, facts, work) => readWaveform(path, facts, tools, work),
  sceneChanges: (path, facts, work) => findSceneChanges(path, facts, tools, work),
  stamp: () => [measuring, ...[tools.ffprobe(), tools.ffmpeg()].map(toolIdentity)].join(' '),
  playable: isPlayable,
  proxy: (path, facts, output, work) => makeCopy(proxyConversion, path, facts, output, tools, work),
  scrubCopy: (path, facts, output, work) =>
    makeCopy(scrubConversion, path, facts, output, tools, work),
  version: toolVersion,
})

/** Makes a copy of a clip that only the window uses. */
const makeCopy = async (
  conversionOf: (path: string, facts: ClipFacts, track?: number) => Conversion,
  path: string,
  facts: Facts,
  output: string,
  tools: ToolPaths,
  work?: PictureWork,
): Promise<void> => {
  const name = basename(path)
  if (facts.kind !== 'video' || facts.videoTracks === 0)
    throw mediaError('not-possible', { name }, 'no video track')
  const conversion = conversionOf(path, facts, work?.track)
  const run = { ...conversion, seconds: lengthOf(facts), name, timeout: copyTimeout }
  await throughTemporary(output, (temporary) =>
    runFfmpeg(tools.ffmpeg(), { ...run, output: temporary }, work),
  )
}
