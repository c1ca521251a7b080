import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { type ClipFacts, ofTrack, wan27 } from '../../../preload/contract'
import { throughTemporary } from '../../files/temporary-file'
import { type ClipPlan, type EncodePlan, lengthOf, planClip } from '../../preflight'
import { commandLine } from '../../tools/command-line'
import { mediaError } from '../../tools/media-texts'
import { commonArguments, runFfmpeg } from '../../tools/run-ffmpeg'
import {
  MediaError,
  type Preparation,
  type Prepared,
  type ToolPaths,
  type Work,
} from '../media-tools'
import { copyArguments, encodeArguments } from './ffmpeg-args'

/** Milliseconds for a run: generous, for slow computers and large pictures. */
const encodeTimeout = 20 * 60_000
const mostAttempts = 4

interface ClipPreparation extends Preparation {
  facts: ClipFacts
}

type RunPlan = Exclude<ClipPlan, { how: 'keep' }>

const argumentsFor = (
  { path, facts, background }: ClipPreparation,
  plan: RunPlan,
  source: ClipFacts = ofTrack(facts, plan.track),
): string[] =>
  plan.how === 'encode'
    ? encodeArguments(path, source, plan, background)
    : copyArguments(path, source, plan.track)

/** Runs once. Gives the command as a person can repeat it, and the bytes that came out. */
const runOnce = async (
  preparation: ClipPreparation,
  plan: RunPlan,
  run: { temporary: string; output: string },
  tools: ToolPaths,
  work: Work,
): Promise<{ command: string; bytes: number }> => {
  const args = argumentsFor(preparation, plan)
  const seconds = plan.how === 'encode' ? plan.seconds : lengthOf(preparation.facts)
  const name = basename(preparation.path)
  const timeout = encodeTimeout
  await runFfmpeg(tools.ffmpeg(), { args, output: run.temporary, seconds, name, timeout }, work)
  return {
    command: commandLine(tools.ffmpeg(), [...commonArguments, ...args, run.output]),
    bytes: (await stat(run.temporary)).size,
  }
}

/** The bitrate that would have hit the target, and a little less. */
const lowered = (plan: EncodePlan, bytes: number): EncodePlan => ({
  ...plan,
  maxBitrate: Math.floor(plan.maxBitrate * Math.min(0.9, (plan.maxBytes / bytes) * 0.93)),
})

/** Runs until the file is small enough: the encoder keeps its rate but for a few percent, so that hardly ever is twice. */
export const runToFit = async (
  preparation: ClipPreparation,
  first: RunPlan,
  output: string,
  tools: ToolPaths,
  work: Work,
): Promise<Prepared> => {
  let plan = first
  let command = ''
  await throughTemporary(output, async (temporary) => {
    for (let attempt = 0; attempt < mostAttempts; attempt++) {
      const made = await runOnce(preparation, plan, { temporary, output }, tools, work)
      command = made.command
      if (plan.how === 'copy' || made.bytes <= plan.maxBytes) return
      plan = lowered(plan, made.bytes)
    }
    const [name, max] = [basename(preparation.path), wan27.edit.clip.bytes.warn / 1_000_000]
    throw mediaError('too-large', { name, max }, 'still too large')
  })
  return { path: output, command }
}

const isFailedCopy = (plan: RunPlan, error: unknown) =>
  plan.how === 'copy' && error instanceof MediaError && error.text.key === 'media.failed'

/** Makes the clip that a selection and remedies come to; streams that cannot be copied are encoded. */
export const prepareClip = async (
  preparation: Preparation,
  output: string,
  tools: ToolPaths,
  work: Work = {},
): Promise<Prepared> => {
  const { facts, selection, path } = preparation
  if (facts.kind !== 'video' || facts.videoTracks === 0) {
    throw mediaError('not-possible', { name: basename(path) }, 'no video track')
  }
  const planned = planClip(facts, selection, preparation)
  const plan: RunPlan = planned.how === 'keep' ? { how: 'copy', track: 0 } : planned
  try {
    return await runToFit({ ...preparation, facts }, plan, output, tools, work)
  } catch (error) {
    if (!isFailedCopy(plan, error)) throw error
    const again = planClip(facts, null, { ...preparation, remedies: ['re-encode'] })
    if (again.how === 'keep') throw error
    return runToFit({ ...preparation, facts }, again, output, tools, work)
  }
}
