import { constants } from 'node:fs'
import { access, copyFile, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Facts, Remedy, Report, Selection } from '../../preload/contract'
import { throughTemporary } from '../media/temporary-file'
import type { CliContext } from './context'
import { exitCode } from './context'
import { openFileTools } from './file-tools'
import type { Output } from './output'
import { CliRefusal, failuresOf, findingLines, type Speak } from './words'

export interface PrepareOptions {
  file: string
  output: string
  /** Seconds. */
  start: number | undefined
  duration: number | undefined
  home: string | undefined
}

/** Seconds that the model takes at most (RULES.md, `duration`). */
const longest = 10

/** `reshoot prepare`: the selection and every remedy that the report names, in one run; the source stays as it is. */
export const prepare = async (
  options: PrepareOptions,
  context: CliContext,
  output: Output,
): Promise<number> => {
  const { media, checkFile, predict, speak } = await openFileTools(options.home, context)
  const { signal } = context
  const source = path.resolve(context.cwd, options.file)
  const target = path.resolve(context.cwd, options.output)
  const name = path.basename(source)
  const facts = await media.inspect(source, { signal })
  const report = checkFile(facts, name)
  refuseHopeless(name, report)
  refuseOutput(name, facts, target)
  await refuseOverwriting(source, target)

  const selection = selectionFrom(options, name, facts, report)
  const remedies = remediesOf(report, facts, source, target)
  if (selection === null && remedies.length === 0) {
    await throughTemporary(target, (temporary) => copyFile(source, temporary))
    output.line(speak('cli.copied', { name, path: target }))
    return exitCode.done
  }
  const fix = { remedies, background: '#000000' }
  // Known before anything is run: an output of before is not replaced by one that is no use.
  const forecast = failuresOf(checkFile(predict(facts, selection, fix), path.basename(target)))
  if (forecast.length > 0)
    throw new CliRefusal({ key: 'cli.would_fail', values: { name } }, forecast)
  const made = await media.prepare({ path: source, facts, selection, ...fix }, target, {
    signal,
    onProgress: (fraction) => output.progress(speak('state.preparing'), percentOf(fraction)),
  })
  const result = await media.inspect(target, { signal })
  const size = ((result.bytes ?? 0) / 1e6).toFixed(1)
  output.line(speak('cli.prepared', { path: target, size }))
  output.line(speak('cli.did', { what: whatWasDone(selection, remedies, speak) }))
  output.line(made.command)
  return verdictOf(checkFile(result, path.basename(target)), target, output, speak)
}

const percentOf = (fraction: number): string => `${Math.round(fraction * 100)} %`

const verdictOf = (report: Report, target: string, output: Output, speak: Speak): number => {
  if (report.verdict !== 'fail') return exitCode.done
  output.notice(speak('cli.still_failing', { name: path.basename(target) }))
  for (const line of findingLines(failuresOf(report), speak)) output.notice(line)
  return exitCode.refused
}

/** What no remedy helps against. */
const refuseHopeless = (name: string, report: Report): void => {
  const hopeless = failuresOf(report).filter((finding) => finding.remedy === undefined)
  if (hopeless.length > 0)
    throw new CliRefusal({ key: 'cli.cannot_prepare', values: { name } }, hopeless)
}

const refuseOutput = (name: string, facts: Facts, target: string): void => {
  const extensions = facts.kind === 'image' ? ['.png', '.jpg', '.jpeg'] : ['.mp4']
  if (extensions.includes(path.extname(target).toLowerCase())) return
  throw new CliRefusal({
    key: 'cli.wrong_output',
    values: { name, extensions: extensions.join(', ') },
  })
}

/** By what the disk says, not by name: links and letter case do not matter then. */
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

const selectionFrom = (
  options: Pick<PrepareOptions, 'start' | 'duration'>,
  name: string,
  facts: Facts,
  report: Report,
): Selection | null => {
  const asked = options.start !== undefined || options.duration !== undefined
  if (facts.kind !== 'video') {
    if (asked) throw new CliRefusal({ key: 'cli.start_only_clips', values: { name } })
    return null
  }
  const tooLong = report.findings.some(({ remedy }) => remedy === 'trim')
  if (!asked && !tooLong) return null
  const start = options.start ?? 0
  const whole = facts.duration ?? facts.durations.container ?? start + longest
  if (start >= whole)
    throw new CliRefusal({
      key: 'cli.start_outside',
      values: { start, name, duration: whole.toFixed(1) },
    })
  return { start, end: Math.min(whole, start + (options.duration ?? longest)) }
}

/** Every remedy once; trimming is the selection's matter. A fitting name is given by the person's own output. */
const remediesOf = (report: Report, facts: Facts, source: string, target: string): Remedy[] => {
  const named = report.findings.flatMap(({ remedy }) => remedy ?? [])
  const remedies = new Set(named.filter((remedy) => remedy !== 'trim' && remedy !== 'rename'))
  const sameKind =
    path.extname(source).toLowerCase() === path.extname(target).toLowerCase() &&
    !named.includes('rename')
  if (remedies.size === 0 && !sameKind) remedies.add(facts.kind === 'image' ? 'convert' : 'remux')
  return [...remedies]
}

const whatWasDone = (
  selection: Selection | null,
  remedies: readonly Remedy[],
  speak: Speak,
): string => {
  const seconds = (value: number) => value.toFixed(2)
  const cut = selection
    ? [speak('did.selection', { start: seconds(selection.start), end: seconds(selection.end) })]
    : []
  return [...cut, ...remedies.map((remedy) => speak(`did.${remedy}`))].join(', ')
}
