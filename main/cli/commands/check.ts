import { availableParallelism } from 'node:os'
import path from 'node:path'
import PQueue from 'p-queue'
import type { Facts, Finding, Report } from '../../../preload/contract'
import { printable } from '../../tools/quote'
import type { CliContext } from '../context'
import { exitCode } from '../context'
import { openFileTools } from '../file-tools'
import type { Output } from '../output'
import { isPreparable, prepareWords } from '../words/prepare-hint'
import { findingLines, type Speak } from '../words/words'

export interface CheckOptions {
  files: readonly string[]
  json: boolean
  home: string | undefined
}

interface Checked {
  /** As it was given. */
  path: string
  facts: Facts
  report: Report
}

/** `reshoot check`: one answer a file in the order given, each as soon as it is its turn (RULES.md). */
export const check = async (
  options: CheckOptions,
  context: CliContext,
  output: Output,
): Promise<number> => {
  const { media, checkFile, speak } = await openFileTools(options.home, context)
  const queue = new PQueue({ concurrency: availableParallelism() })
  const answers = options.files.map((file) => {
    const answer = queue.add(async (): Promise<Checked> => {
      context.signal.throwIfAborted()
      const facts = await media.inspect(path.resolve(context.cwd, file), { signal: context.signal })
      return { path: file, facts, report: checkFile(facts, path.basename(file)) }
    })
    answer.catch(() => {}) // told when it is its turn
    return answer
  })

  let failed = false
  const hints: string[] = []
  const taken = new Set<string>()
  for (const answer of answers) {
    const checked = await answer
    failed ||= checked.report.verdict === 'fail'
    if (output.closed()) queue.clear()
    if (output.closed()) break
    if (options.json) output.json(checkedForPrograms(checked))
    else for (const line of checkedLines(checked, speak)) output.line(line)
    const { path: given, facts, report } = checked
    const subject = { given, facts, report }
    if (!options.json && isPreparable(subject)) hints.push(prepareWords(subject, taken))
  }
  tellHints(hints, output, speak)
  return failed ? exitCode.refused : exitCode.done
}

const checkedLines = ({ path: given, report }: Checked, speak: Speak): string[] => [
  `${report.verdict}  ${printable(given)}`,
  ...findingLines(report.findings, speak),
]

/** More would push the findings out of sight. */
const mostHints = 8

/** What applies the remedies, to be pasted. On stderr, because stdout is one block a file (RULES.md). */
const tellHints = (hints: readonly string[], output: Output, speak: Speak): void => {
  if (hints.length === 0 || output.closed()) return
  output.notice(speak('cli.to_prepare'))
  for (const command of hints.slice(0, mostHints))
    output.notice(`  ${speak('cli.command', { command })}`)
  const more = hints.length - mostHints
  if (more > 0) output.notice(`  ${speak('cli.more_alike', { count: more })}`)
}

/** The document of RULES.md: these keys, in this order. */
const checkedForPrograms = ({ path: file, facts, report }: Checked) => ({
  path: file,
  kind: facts.kind,
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
