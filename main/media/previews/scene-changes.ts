import { basename } from 'node:path'
import { asInput, askFfmpeg } from '../../tools/run-ffmpeg'
import type { ToolPaths } from '../../tools/tool-paths'
import { assertPicture, type MediaTools } from '../media-tools'

/** How much of the picture must change, 0 to 1, as ffmpeg measures it. Cuts score far higher, pans lower. */
const threshold = 0.3
/** Milliseconds. */
const timeout = 180_000
/** A clip that flickers would get a marker for every frame; only the first ones are returned. */
const maxScenes = 2000

/** The times that ffmpeg's metadata filter prints, as in `frame:0 pts:25600 pts_time:2`. In seconds. */
export const scenesIn = (printed: string): number[] =>
  [...printed.matchAll(/pts_time:(\d+(?:\.\d+)?)/g)]
    .map(([, time]) => Number(time))
    .slice(0, maxScenes)

/** Finds the times of the frames that begin a new scene. Rejects with MediaError or the signal's reason. */
export const sceneFinder =
  (tools: ToolPaths): MediaTools['sceneChanges'] =>
  async (path, facts, { signal, track = 0 } = {}) => {
    assertPicture(facts, path)
    const filters = [
      'scale=160:90:flags=fast_bilinear',
      `select='gt(scene,${threshold})'`,
      'metadata=print:file=-',
    ]
    const args = [
      ...['-v', 'error', '-nostdin', '-i', asInput(path)],
      ...['-map', `0:V:${track}`, '-an', '-vf', filters.join(','), '-f', 'null', '-'],
    ]
    const options = { name: basename(path), timeout, signal }
    return scenesIn(String(await askFfmpeg(tools.ffmpeg(), args, options)))
  }
