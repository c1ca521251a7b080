import { constants } from 'node:fs'
import { access, chmod, copyFile, stat } from 'node:fs/promises'
import path from 'node:path'
import {
  type Facts,
  type Finding,
  type Fix,
  type Measures,
  onlyByChoice,
  type Remedy,
  type Report,
  type Selection,
} from '../../../preload/contract'
import { removeStaleTemporaries, throughTemporary } from '../../files/temporary-file'
import { fittingExtensions, isSoundRole, type Purpose } from '../../preflight'
import { printable } from '../../tools/quote'
import { type CliContext, exitCode } from '../context'
import { type FileTools, openFileTools } from '../open'
import { outputExtensions } from '../options/option-values'
import type { Output } from '../output'
import { measuresLine, whatIsDone } from '../words/files'
import { CliRefusal, failuresOf, findingLines, type Speak } from '../words/words'
import { findingForPrograms } from './check'
import {
  chosenTrack,
  endBeforeAsked,
  fixFrom,
  type PrepareWishes,
  refuseUnneeded,
  selectionFrom,
  wishedExtension,
} from './prepare-fix'
import { purposeFrom } from './purpose-from'

export interface PrepareOptions extends PrepareWishes {
  file: string
  output: string
  /** Prints the forecast and writes nothing. */
  dryRun: boolean
  json: boolean
  home: string | undefined
}

/** What will be done, and its forecast. */
interface Plan {
  name: string
  source: string
  target: string
  facts: Facts
  purpose: Purpose | undefined
  selection: Selection | null
  fix: Fix
  before: Measures
  after: Measures
  report: Report
}

interface Made {
  written: boolean
  command: string | null
  after: Measures
  report: Report
}

/** `reshoot prepare`: applies the selection and every remedy of the report in one run; the source is never changed. */
export const prepare = async (
  options: PrepareOptions,
  context: CliContext,
  output: Output,
): Promise<number> => {
  const tools = await openFileTools(options.home, context)
  try {
    const plan = await planned(options, tools, context)
    const end = endBeforeAsked(options, chosenTrack(plan.name, plan.facts, options), plan.purpose)
    if (end !== null)
      output.notice(tools.speak('cli.ends_sooner', { name: plan.name, end: end.toFixed(2) }))
    const made = options.dryRun ? asForecast(plan) : await run(plan, tools, context, output)
    if (options.json) output.json(forPrograms(plan, made))
    else tell(plan, made, output, tools.speak)
    return verdictOf(made, plan, output, tools.speak)
  } catch (error) {
    if (context.signal.aborted) output.notice(tools.speak('cli.stopped_preparing'))
    throw error
  }
}

const planned = async (
  options: PrepareOptions,
  tools: FileTools,
  context: CliContext,
): Promise<Plan> => {
  const { media, checkFile, forecast } = tools
  const { cwd, signal } = context
  const source = path.resolve(cwd, options.file)
  const target = path.resolve(cwd, options.output)
  const name = path.basename(source)
  const facts = await media.inspect(source, { signal, decode: true })
  const chosen = chosenTrack(name, facts, options)
  const purpose = (await purposeFrom(options, tools, context))(facts)
  const report = checkFile(chosen, name, purpose)
  refuseHopeless(name, facts, report, wishedExtension(options) !== null)
  refuseOutput(name, facts, purpose, target)
  await refuseOverwriting(source, target)

  refuseUnneeded(options, name, report)
  const selection = selectionFrom(options, name, chosen, report, purpose)
  const implied = selection === null ? impliedBy(facts, purpose, target) : null
  const fix = fixFrom(options, chosen, report, implied)
  const told = forecast(name, facts, selection, fix, purpose)
  // Before anything runs, so that a useless output does not replace an earlier one.
  const expected = checkFile(told.facts, path.basename(target), purpose)
  const failing = failuresOf(expected)
  if (failing.length > 0) throw new CliRefusal({ key: 'cli.would_fail', values: { name } }, failing)
  const { before, after } = told.outcome
  return { name, source, target, facts, purpose, selection, fix, before, after, report: expected }
}

const asForecast = ({ after, report }: Plan): Made => ({
  written: false,
  command: null,
  after,
  report,
})

const run = async (
  plan: Plan,
  { media, checkFile, forecast, speak }: FileTools,
  { signal }: CliContext,
  output: Output,
): Promise<Made> => {
  const { source, target, facts, purpose, selection, fix } = plan
  const done = (result: Facts, command: string | null): Made => ({
    written: true,
    command,
    after: forecast(path.basename(target), result, null, { remedies: [], background: '#000000' })
      .outcome.before,
    report: checkFile(result, path.basename(target), purpose),
  })
  await removeStaleTemporaries(path.dirname(target), Date.now())
  if (isUnchanged(plan)) {
    await throughTemporary(target, async (temporary) => {
      await copyFile(source, temporary)
      // The copy is writable even where the source is read-only.
      await chmod(temporary, (await stat(temporary)).mode | 0o600)
    })
    return done(facts, null)
  }
  const { command } = await media.prepare(
    { path: source, facts, selection, purpose, ...fix },
    target,
    {
      signal,
      onProgress: (fraction) => output.progress(speak('state.preparing'), percentOf(fraction)),
    },
  )
  return done(await media.inspect(target, { signal, decode: true }), command)
}

const isUnchanged = ({ selection, fix }: Pick<Plan, 'selection' | 'fix'>): boolean =>
  selection === null && fix.remedies.length === 0

const percentOf = (fraction: number): string => `${Math.round(fraction * 100)} %`

const tell = (plan: Plan, made: Made, output: Output, speak: Speak): void => {
  const { name, target: file } = plan
  const from = measuresLine(plan.before, speak)
  const to = measuresLine(made.after, speak, !made.written)
  if (isUnchanged(plan)) {
    output.line(speak(made.written ? 'cli.copied' : 'cli.would_copy', { name, path: file }))
    return
  }
  output.line(speak(made.written ? 'cli.prepared' : 'cli.would_prepare', { path: file }))
  output.line(`  ${speak('cli.before_after', { from, to })}`)
  output.line(`  ${speak('cli.did', { what: whatIsDone(plan.selection, plan.fix, speak) })}`)
  // Keeps line breaks, so that the command can be pasted.
  if (made.command) for (const line of made.command.split('\n')) output.line(`  ${printable(line)}`)
}

const forPrograms = ({ source, target, selection, fix, before }: Plan, made: Made) => ({
  source,
  path: target,
  written: made.written,
  selection,
  remedies: fix.remedies,
  before,
  after: made.after,
  verdict: made.report.verdict,
  findings: made.report.findings.map(findingForPrograms),
  command: made.command,
})

const verdictOf = ({ report }: Made, plan: Plan, output: Output, speak: Speak): number => {
  if (report.verdict !== 'fail') return exitCode.done
  output.notice(speak('cli.still_failing', { name: path.basename(plan.target) }))
  for (const line of findingLines(failuresOf(report), speak)) output.notice(line)
  return exitCode.refused
}

/** Findings without a remedy, or with one that was not asked for. */
const refuseHopeless = (
  name: string,
  { kind }: Facts,
  report: Report,
  isExtended: boolean,
): void => {
  const isHopeless = ({ remedy }: Finding) =>
    remedy === undefined || (onlyByChoice.includes(remedy) && !isExtended)
  const hopeless = failuresOf(report).filter(isHopeless)
  const key = kind === 'other' ? 'cli.cannot_use' : 'cli.cannot_prepare'
  if (hopeless.length > 0) throw new CliRefusal({ key, values: { name } }, hopeless)
}

const refuseOutput = (
  name: string,
  facts: Facts,
  purpose: Purpose | undefined,
  target: string,
): void => {
  const extensions: readonly string[] = outputExtensions[writtenAs(facts, purpose)]
  if (extensions.includes(path.extname(target).toLowerCase())) return
  throw new CliRefusal({
    key: 'cli.wrong_output',
    values: { name, extensions: extensions.join(', ') },
  })
}

/** Throws a `CliRefusal` if the output is the source (by device and inode) or cannot be written. */
const refuseOverwriting = async (source: string, target: string): Promise<void> => {
  const folder = path.dirname(target)
  if (!(await stat(folder).catch(() => null))?.isDirectory())
    throw new CliRefusal({ key: 'cli.no_folder', values: { folder } })
  const isOpen = await access(folder, constants.W_OK).then(
    () => true,
    () => false,
  )
  if (!isOpen) throw new CliRefusal({ key: 'cli.not_allowed', values: { path: folder } })
  const [from, to] = await Promise.all([
    stat(source, { bigint: true }),
    stat(target, { bigint: true }).catch(() => null),
  ])
  if (to && !to.isFile())
    throw new CliRefusal({ key: 'cli.output_no_file', values: { path: target } })
  if (to && to.dev === from.dev && to.ino === from.ino)
    throw new CliRefusal({ key: 'cli.would_overwrite', values: { path: target } })
}

/** The kind of file that is written. */
const writtenAs = (facts: Facts, purpose: Purpose | undefined): keyof typeof outputExtensions => {
  if (purpose && isSoundRole(purpose.role)) return 'sound'
  return facts.kind === 'image' ? 'image' : 'clip'
}

const converting = { clip: 'remux', image: 'convert', sound: 'to-wav' } as const

/** The remedy that the output's extension needs; null where a copy is enough. */
const impliedBy = (facts: Facts, purpose: Purpose | undefined, target: string): Remedy | null => {
  if (fittingExtensions(facts).includes(path.extname(target).toLowerCase())) return null
  return converting[writtenAs(facts, purpose)]
}
