import { basename } from 'node:path'
import type { ClipFacts, Facts } from '../../preload/contract'
import { throughTemporary } from '../files/temporary-file'
import { lengthOf } from '../preflight'
import { mediaError } from '../tools/media-error'
import { runFfmpeg } from '../tools/run-ffmpeg'
import { toolIdentity, toolVersion } from '../tools/tool-version'
import { isPlayable } from './clips/playable'
import { inspectFile, measuring } from './inspect'
import type { MediaTools, PictureWork, ToolPaths } from './media-tools'
import { proxyArguments, scrubArguments } from './prepare/ffmpeg-args'
import { prepareClip } from './prepare/prepare-clip'
import { prepareImage } from './prepare/prepare-image'
import { makeFilmstrip } from './previews/filmstrip'
import { findSceneChanges } from './previews/scene-changes'
import { makePoster } from './previews/stills'
import { readWaveform } from './previews/waveform'

const proxyTimeout = 20 * 60_000

/** The media tools of this computer: the given ffprobe and ffmpeg, and sharp. */
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
  proxy: (path, facts, output, work) => makeCopy(proxyArguments, path, facts, output, tools, work),
  scrubCopy: (path, facts, output, work) =>
    makeCopy(scrubArguments, path, facts, output, tools, work),
  version: toolVersion,
})

/** Makes a copy of the clip for the window alone. */
const makeCopy = async (
  argumentsOf: (path: string, facts: ClipFacts, track?: number) => string[],
  path: string,
  facts: Facts,
  output: string,
  tools: ToolPaths,
  work?: PictureWork,
): Promise<void> => {
  const name = basename(path)
  if (facts.kind !== 'video' || facts.videoTracks === 0)
    throw mediaError('not-possible', { name }, 'no video track')
  const args = argumentsOf(path, facts, work?.track)
  await throughTemporary(output, (temporary) =>
    runFfmpeg(
      tools.ffmpeg(),
      { args, output: temporary, seconds: lengthOf(facts), name, timeout: proxyTimeout },
      work,
    ),
  )
}
