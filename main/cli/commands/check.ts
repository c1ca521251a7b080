import { availableParallelism } from 'node:os'
import path from 'node:path'
import PQueue from 'p-queue'
import type { Facts, FileRole, Finding } from '../../../preload/contract'
import { printable } from '../../tools/quote'
import { type CliContext, exitCode } from '../context'
import { openFileTools } from '../open'
import type { Output } from '../output'
import { type Checked, isPreparable, prepareWords } from '../words/files'
import { findingLines, type Speak } from '../words/words'
import { purposeFrom } from './purpose-from'

export interface CheckOptions {
  files: readonly string[]
  /** What the files are for; without it each is judged by its kind. */
  as?: FileRole | undefined
  /** The first frame, whose ratio a last one should have. */
  firstFrame?: string | undefined
  json: boolean
  /** Also decodes frames of each clip. */
  decode: boolean
  home: string | undefined
}

/** `reshoot check`: prints the report of each file in the given order, as soon as possible (docs/preflight.md). */
export const check = async (
  options: CheckOptions,
  context: CliContext,
  output: Output,
): Promise<number> => {
  const tools = await openFileTools(options.home, context)
  const { media, checkFile, speak } = tools
  const purposeOf = await purposeFrom(options, tools, context)
  const queue = new PQueue({ concurrency: availableParallelism() })
  const answers = options.files.map((file) => {
    const answer = queue.add(async (): Promise<Checked> => {
      context.signal.throwIfAborted()
      const work = { signal: context.signal, decode: options.decode }
      const facts = await media.inspect(path.resolve(context.cwd, file), work)
      const purpose = purposeOf(facts)
      const report = checkFile(facts, path.basename(file), purpose)
      return { given: file, facts, report, purpose }
    })
    answer.catch(() => {}) // handled in the loop below
    return answer
  })

  let failed = false
  const hints: string[] = []
  const usedNames = new Set<string>()
  for (const answer of answers) {
    const checked = await answer
    failed ||= checked.report.verdict === 'fail'
    if (output.closed()) queue.clear()
    if (output.closed()) break
    if (options.json) output.json(checkedForPrograms(checked, options.as))
    else for (const line of checkedLines(checked, speak)) output.line(line)
    if (!options.json && isPreparable(checked))
      hints.push(prepareWords(checked, usedNames, options))
  }
  tellHints(hints, output, speak)
  return failed ? exitCode.refused : exitCode.done
}

const checkedLines = ({ given, report }: Checked, speak: Speak): string[] => [
  `${report.verdict}  ${printable(given)}`,
  ...findingLines(report.findings, speak),
]

/** Most hints: more would hide the findings. */
const mostHints = 8

/** Prints commands that apply the remedies. On stderr, because stdout has one block for each file. */
const tellHints = (hints: readonly string[], output: Output, speak: Speak): void => {
  if (hints.length === 0 || output.closed()) return
  output.notice(speak('cli.to_prepare'))
  for (const command of hints.slice(0, mostHints))
    output.notice(`  ${speak('cli.command', { command })}`)
  const more = hints.length - mostHints
  if (more > 0) output.notice(`  ${speak('cli.more_alike', { count: more })}`)
}

/** The JSON of docs/preflight.md: these keys, in this order. */
const checkedForPrograms = ({ given, facts, report }: Checked, as: FileRole | undefined) => ({
  path: given,
  kind: facts.kind,
  ...(as === undefined ? null : { as }),
  verdict: report.verdict,
  findings: report.findings.map(findingForPrograms),
  facts: factsForPrograms(facts),
})

export const findingForPrograms = ({ rule, level, measured, limit, message, remedy }: Finding) => ({
  rule,
  level,
  measured,
  limit,
  message,
  ...(remedy === undefined ? null : { remedy }),
})

const factsForPrograms = (facts: Facts) => {
  if (facts.kind === 'other') return { format: facts.format, bytes: facts.bytes }
  if (facts.kind === 'image') {
    const { format, width, height, orientation, frames, alpha, transparent, colourSpace, bytes } =
      facts
    return { format, width, height, orientation, frames, alpha, transparent, colourSpace, bytes }
  }
  if (facts.kind === 'sound') {
    const { format, codec, duration, channels, sampleRate, peak, bytes } = facts
    return { format, codec, duration, channels, sampleRate, peak, bytes }
  }
  const { container, brand, duration, durations, width, height, codedWidth, codedHeight } = facts
  const { rotation, sar, codec, frameRate, variableFrameRate, hdr, audio, bytes } = facts
  return {
    container,
    brand,
    duration,
    durations: {
      container: durations.container,
      video: durations.video,
      ignoringEdits: durations.ignoringEdits,
    },
    width,
    height,
    codedWidth,
    codedHeight,
    rotation,
    sar,
    codec,
    frameRate,
    variableFrameRate,
    hdr,
    audio,
    bytes,
  }
}
