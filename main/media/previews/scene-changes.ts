import { basename } from 'node:path'
import type { Facts } from '../../../preload/contract'
import { mediaError } from '../../tools/media-error'
import { runTool } from '../../tools/run-tool'
import { asInput } from '../clips/probe'
import type { PictureWork, ToolPaths } from '../media-tools'

/** How much of the picture must change, 0..1: ffmpeg's own measure; cuts lie well above, pans below. */
const threshold = 0.3
const timeout = 180_000
/** A marker a frame helps nobody: of a clip that flickers only the first ones are given. */
const mostScenes = 2000

/** The times in what ffmpeg's metadata filter prints: `frame:0 pts:25600 pts_time:2`. Pure. */
export const scenesIn = (printed: string): number[] =>
  [...printed.matchAll(/pts_time:(\d+(?:\.\d+)?)/g)]
    .map(([, time]) => Number(time))
    .slice(0, mostScenes)

/** Seconds of the frames that begin a new scene. Rejects with MediaError or AbortError. */
export const findSceneChanges = async (
  path: string,
  facts: Facts,
  tools: ToolPaths,
  { signal, track = 0 }: PictureWork = {},
): Promise<number[]> => {
  const name = basename(path)
  if (facts.kind !== 'video' || facts.videoTracks === 0)
    throw mediaError('not-possible', { name }, 'no video track')
  const filters = [
    'scale=160:90:flags=fast_bilinear',
    `select='gt(scene,${threshold})'`,
    'metadata=print:file=-',
  ]
  const args = [
    '-v',
    'error',
    '-nostdin',
    '-i',
    asInput(path),
    '-map',
    `0:V:${track}`,
    '-an',
    '-vf',
    filters.join(','),
    '-f',
    'null',
    '-',
  ]
  const run = await runTool(tools.ffmpeg(), args, { timeout, signal })
  if (run.ended === 'timeout')
    throw mediaError('timeout', { name, minutes: timeout / 60_000 }, run.stderr)
  if (run.code !== 0)
    throw mediaError('failed', { name, reason: run.stderr.trim().slice(-200) }, run.stderr)
  return scenesIn(run.stdout.toString('latin1'))
}
