import { basename } from 'node:path'
import { lengthOf, planClip } from '../preflight'
import { commandLine } from './command-line'
import { copyArguments, encodeArguments } from './ffmpeg-args'
import { mediaError } from './media-texts'
import type { Preparation, Prepared, ToolPaths, Work } from './media-tools'
import { commonArguments, type FfmpegRun, runFfmpeg } from './run-ffmpeg'
import { throughTemporary } from './temporary-file'

/** Milliseconds for a run: generous, for slow computers and large pictures. */
const encodeTimeout = 20 * 60_000

/** Makes the clip that a selection and remedies come to. */
export const prepareClip = async (
  { path, facts, selection, remedies, background }: Preparation,
  output: string,
  tools: ToolPaths,
  work: Work = {},
): Promise<Prepared> => {
  if (facts.kind !== 'video' || facts.videoTracks === 0) {
    throw mediaError('not-possible', { name: basename(path) }, 'no video track')
  }
  const plan = planClip(facts, selection, remedies)
  const args =
    plan.how === 'encode'
      ? encodeArguments(path, facts, plan, background)
      : copyArguments(path, facts)
  const seconds = plan.how === 'encode' ? plan.seconds : lengthOf(facts)
  await throughTemporary(output, (temporary) => {
    const run: FfmpegRun = {
      args,
      output: temporary,
      seconds,
      name: basename(path),
      timeout: encodeTimeout,
    }
    return runFfmpeg(tools.ffmpeg(), run, work)
  })
  return {
    path: output,
    command: commandLine(tools.ffmpeg(), [...commonArguments, ...args, output]),
  }
}
