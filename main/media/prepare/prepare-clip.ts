import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { ClipFacts } from '../../../preload/contract'
import { ofTrack } from '../../../preload/contract/of-track'
import { fileLimits } from '../../../preload/contract/wan27'
import { throughTemporary } from '../../files/temporary-file'
import { type ClipPlan, clipRoleOf, type EncodePlan, lengthOf, planClip } from '../../preflight'
import { MediaError, mediaError } from '../../tools/media-error'
import { commandLine } from '../../tools/quote'
import { type Conversion, ffmpegArguments, runFfmpeg } from '../../tools/run-ffmpeg'
import type { Work } from '../../tools/run-tool'
import type { ToolPaths } from '../../tools/tool-paths'
import { assertPicture, type MediaTools, type Preparation, type Prepared } from '../media-tools'
import { copyCut } from './copy-cut'
import { copyConversion, encodeConversion } from './ffmpeg-args'

/** Milliseconds of one run: enough for slow computers and large pictures. */
const timeout = 20 * 60_000
const maxAttempts = 4

interface ClipPreparation extends Preparation {
  facts: ClipFacts
}

type RunPlan = Exclude<ClipPlan, { how: 'keep' }>

const conversionOf = ({ path, facts, background }: ClipPreparation, plan: RunPlan): Conversion => {
  const source = ofTrack(facts, plan.track)
  return plan.how === 'encode'
    ? encodeConversion(path, source, plan, background)
    : copyConversion(path, source, plan.track)
}

/** Lowers the bitrate so that the file should meet the limit with a small margin. */
const lowered = (plan: EncodePlan, bytes: number): EncodePlan => ({
  ...plan,
  maxBitrate: Math.floor(plan.maxBitrate * Math.min(0.9, (plan.maxBytes / bytes) * 0.93)),
})

/** Runs until the file is small enough. The encoder misses its bitrate by a few percent, so one run is usually enough. */
export const runToFit = async (
  preparation: ClipPreparation,
  first: RunPlan,
  output: string,
  tools: ToolPaths,
  work: Work,
): Promise<Prepared> => {
  const name = basename(preparation.path)
  const told = (conversion: Conversion) =>
    commandLine([tools.ffmpeg(), '-stats', ...ffmpegArguments(conversion, output)])
  let plan = first
  let command = ''
  await throughTemporary(output, async (temporary) => {
    if (plan.how === 'encode' && plan.mayCopy) {
      const facts = ofTrack(preparation.facts, plan.track)
      const copied = await copyCut(preparation.path, facts, plan, temporary, tools, work)
      if (copied) command = told(copied)
      if (copied) return
    }
    for (let attempt = 0; attempt < maxAttempts; attempt++) {
      const conversion = conversionOf(preparation, plan)
      const seconds = plan.how === 'encode' ? plan.seconds : lengthOf(preparation.facts)
      const run = { ...conversion, output: temporary, seconds, name, timeout }
      await runFfmpeg(tools.ffmpeg(), run, work)
      command = told(conversion)
      const { size } = await stat(temporary)
      if (plan.how === 'copy' || size <= plan.maxBytes) return
      plan = lowered(plan, size)
    }
    const max = fileLimits[clipRoleOf(preparation.purpose)].bytes.warn / 1_000_000
    throw mediaError('too-large', { name, max }, 'still too large')
  })
  return { path: output, command }
}

const isFailedCopy = (plan: RunPlan, error: unknown) =>
  plan.how === 'copy' && error instanceof MediaError && error.text.key.startsWith('media.failed')

/** Makes the clip with its selection and remedies applied. Streams that cannot be copied are encoded. */
export const clipPreparer =
  (tools: ToolPaths): MediaTools['prepare'] =>
  async (preparation, output, work = {}) => {
    const { facts, selection, path } = preparation
    assertPicture(facts, path)
    const limits = fileLimits[clipRoleOf(preparation.purpose)]
    const planned = planClip(facts, selection, preparation, limits)
    const plan: RunPlan = planned.how === 'keep' ? { how: 'copy', track: 0 } : planned
    try {
      return await runToFit({ ...preparation, facts }, plan, output, tools, work)
    } catch (error) {
      if (!isFailedCopy(plan, error)) throw error
      const again = planClip(facts, null, { ...preparation, remedies: ['re-encode'] }, limits)
      if (again.how === 'keep') throw error
      return runToFit({ ...preparation, facts }, again, output, tools, work)
    }
  }
