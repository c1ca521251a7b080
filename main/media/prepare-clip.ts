import { basename } from 'node:path'
import type { ClipFacts } from '../../preload/contract'
import { type ClipPlan, lengthOf, planClip } from '../preflight'
import { commandLine } from './command-line'
import { copyArguments, encodeArguments } from './ffmpeg-args'
import { mediaError } from './media-texts'
import {
  MediaError,
  type Preparation,
  type Prepared,
  type ToolPaths,
  type Work,
} from './media-tools'
import { commonArguments, type FfmpegRun, runFfmpeg } from './run-ffmpeg'
import { throughTemporary } from './temporary-file'

/** Milliseconds for a run: generous, for slow computers and large pictures. */
const encodeTimeout = 20 * 60_000

const argumentsFor = (
  { path, facts, background }: Preparation & { facts: ClipFacts },
  plan: ClipPlan,
): string[] =>
  plan.how === 'encode'
    ? encodeArguments(path, facts, plan, background)
    : copyArguments(path, facts)

const isFailedCopy = (plan: ClipPlan, error: unknown) =>
  plan.how !== 'encode' && error instanceof MediaError && error.text.key === 'media.failed'

const runPlan = async (
  preparation: Preparation & { facts: ClipFacts },
  plan: ClipPlan,
  output: string,
  tools: ToolPaths,
  work: Work,
): Promise<Prepared> => {
  const args = argumentsFor(preparation, plan)
  const seconds = plan.how === 'encode' ? plan.seconds : lengthOf(preparation.facts)
  await throughTemporary(output, (temporary) => {
    const name = basename(preparation.path)
    const run: FfmpegRun = { args, output: temporary, seconds, name, timeout: encodeTimeout }
    return runFfmpeg(tools.ffmpeg(), run, work)
  })
  return {
    path: output,
    command: commandLine(tools.ffmpeg(), [...commonArguments, ...args, output]),
  }
}

/** Makes the clip that a selection and remedies come to; streams that cannot be copied are encoded. */
export const prepareClip = async (
  preparation: Preparation,
  output: string,
  tools: ToolPaths,
  work: Work = {},
): Promise<Prepared> => {
  const { facts, selection, remedies, path } = preparation
  if (facts.kind !== 'video' || facts.videoTracks === 0) {
    throw mediaError('not-possible', { name: basename(path) }, 'no video track')
  }
  const plan = planClip(facts, selection, remedies)
  try {
    return await runPlan({ ...preparation, facts }, plan, output, tools, work)
  } catch (error) {
    if (!isFailedCopy(plan, error)) throw error
    return runPlan(
      { ...preparation, facts },
      planClip(facts, null, ['re-encode']),
      output,
      tools,
      work,
    )
  }
}
