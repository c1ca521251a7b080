import { basename } from 'node:path'
import type { ClipFacts, Facts } from '../../preload/contract'
import { lengthOf } from '../preflight'
import { proxyArguments, scrubArguments } from './ffmpeg-args'
import { makeFilmstrip } from './filmstrip'
import { inspectFile, measuring } from './inspect'
import { mediaError } from './media-texts'
import type { MediaTools, PictureWork, ToolPaths } from './media-tools'
import { isPlayable } from './playable'
import { prepareClip } from './prepare-clip'
import { prepareImage } from './prepare-image'
import { runFfmpeg } from './run-ffmpeg'
import { findSceneChanges } from './scene-changes'
import { makePoster } from './stills'
import { throughTemporary } from './temporary-file'
import { toolIdentity, toolVersion } from './tool-version'
import { readWaveform } from './waveform'

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
