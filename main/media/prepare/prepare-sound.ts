import { basename } from 'node:path'
import { fileLimits } from '../../../preload/contract/wan27'
import { throughTemporary } from '../../files/temporary-file'
import { leveledPeak, planSound, type SoundEncodePlan, type SoundRole } from '../../preflight'
import { mediaError } from '../../tools/media-error'
import { commandLine } from '../../tools/quote'
import { asInput, type Conversion, ffmpegArguments, runFfmpeg } from '../../tools/run-ffmpeg'
import type { Work } from '../../tools/run-tool'
import type { ToolPaths } from '../../tools/tool-paths'
import type { Preparation, Prepared } from '../media-tools'
import { measureLoudness } from '../sounds/loudness'

/** Milliseconds: a part far into a long file is sought slowly. */
const timeout = 5 * 60_000

/** Silence stays silent: what is made louder there is noise. */
const gainTo = (peak: number): number =>
  peak < fileLimits.sound.peak.silent ? 0 : leveledPeak - peak

const seconds = (value: number): string => String(Number(value.toFixed(6)))

/** The first audio track as a WAV without tags, exactly as long as planned. */
export const soundConversion = (path: string, plan: SoundEncodePlan, gain: number): Conversion => ({
  inputs: [{ file: asInput(path), options: plan.start > 0 ? ['-ss', seconds(plan.start)] : [] }],
  options: [
    ...['-map', '0:a:0', '-af'],
    [
      'aresample=async=1:first_pts=0',
      ...(gain === 0 ? [] : [`volume=${gain.toFixed(2)}dB`]),
      `aresample=${plan.sampleRate}`,
      'apad',
      `atrim=end=${seconds(plan.seconds)}`,
    ].join(','),
    ...['-c:a', 'pcm_s16le', '-ar', `${plan.sampleRate}`, '-ac', `${plan.channels}`],
    ...['-map_metadata', '-1', '-fflags', '+bitexact', '-flags:a', '+bitexact', '-f', 'wav'],
  ],
})

/** Makes the sound with its selection and remedies applied. */
export const soundPreparer =
  (tools: ToolPaths) =>
  async (
    preparation: Preparation,
    role: SoundRole,
    output: string,
    work: Work = {},
  ): Promise<Prepared> => {
    const { path, facts, selection } = preparation
    const name = basename(path)
    if (facts.kind !== 'sound' && facts.kind !== 'video')
      throw mediaError('not-possible', { name }, 'no sound')
    const plan = planSound(facts, selection, preparation, fileLimits[role])
    if (plan.how === 'keep') throw mediaError('not-possible', { name }, 'nothing to do')
    const part = { start: plan.start, seconds: plan.seconds }
    // Nobody has heard the sound of a clip before: a quiet one is made louder in the same run.
    const isKnown = facts.kind === 'sound' && !plan.level
    const loud = isKnown ? null : await measureLoudness(tools.ffmpeg(), path, part, work.signal)
    const isLoud = loud === null || (!plan.level && loud.peak >= fileLimits[role].peak.quiet)
    const conversion = soundConversion(path, plan, isLoud ? 0 : gainTo(loud.peak))
    const run = { ...conversion, seconds: plan.seconds, name, timeout }
    await throughTemporary(output, (temporary) =>
      runFfmpeg(tools.ffmpeg(), { ...run, output: temporary }, work),
    )
    return {
      path: output,
      command: commandLine([tools.ffmpeg(), '-stats', ...ffmpegArguments(conversion, output)]),
    }
  }
