import { availableParallelism } from 'node:os'
import path from 'node:path'
import PQueue from 'p-queue'
import type { Facts, Finding, Report } from '../../preload/contract'
import type { CliContext } from './context'
import { exitCode } from './context'
import { openFileTools } from './file-tools'
import type { Output } from './output'
import { findingLines, printable } from './words'

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
  for (const answer of answers) {
    const checked = await answer
    failed ||= checked.report.verdict === 'fail'
    if (output.closed()) queue.clear()
    if (output.closed()) break
    if (options.json) output.json(checkedForPrograms(checked))
    else
      for (const line of [
        `${checked.report.verdict}  ${printable(checked.path)}`,
        ...findingLines(checked.report.findings, speak),
      ])
        output.line(line)
  }
  return failed ? exitCode.refused : exitCode.done
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
