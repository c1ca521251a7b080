import { type Command, InvalidArgumentError, Option } from 'commander'
import type { ExtendWay } from '../../../preload/contract'
import { extendWay } from '../../../preload/contract/edit'
import { type FileRole, fileRoles } from '../../../preload/contract/mode-table'
import { type Remedy, remedy } from '../../../preload/contract/preflight'
import type { Fit } from '../commands/prepare-fix'
import type { CliContext } from '../context'
import type { Output } from '../output'
import type { Speak } from '../words/words'
import type { OptionValues, PixelFrame, Ratio } from './option-values'
import { mistake } from './usage-mistakes'

/** A command whose options are parsed; gives its exit code. */
export type Run = (context: CliContext, output: Output) => Promise<number>

/** What adding commands needs. */
export interface Commands {
  program: Command
  /** From `--home`. */
  home: () => string | undefined
  run: (command: Run) => Promise<void>
  /** Help texts in the person's language. */
  speak: Speak
  values: OptionValues
}

/** Reads an option that may be given several times. */
export const collect =
  <Value>(read: (words: string) => Value) =>
  (value: string, before: Value[] = []): Value[] => [...before, read(value)]

/** `check` and `prepare`, which need only files. */
export const addFileCommands = (commands: Commands): void => {
  addCheck(commands)
  addPrepare(commands)
}

interface CheckWords {
  as?: FileRole
  firstFrame?: string
  decode?: true
  json?: true
}

const addCheck = ({ program, home, run, speak }: Commands): void => {
  program
    .command('check')
    .description(speak('usage.check'))
    .argument('<files...>', speak('usage.check_files'))
    .addOption(new Option('--as <role>', speak('usage.as')).choices(fileRoles))
    .option('--first-frame <file>', speak('usage.like_first_frame'))
    .option('--decode', speak('usage.decode'))
    .option('--json', speak('usage.json_lines'))
    .action(async (files: string[], words: CheckWords) => {
      await run(async (...given) => {
        const { check } = await import('../commands/check')
        const { decode = false, json = false, ...purpose } = words
        return await check({ files, decode, json, ...purpose, home: home() }, ...given)
      })
    })
}

interface PrepareWords {
  output: string
  as?: FileRole
  firstFrame?: string
  start?: number
  end?: number
  duration?: number
  fit?: Fit
  crop?: PixelFrame | Ratio
  colour?: string
  /** American spelling. */
  color?: string
  track?: number
  extend?: ExtendWay
  only?: Remedy[]
  dryRun?: true
  json?: true
}

const ways = ['crop', 'blur', 'colour'] as const satisfies Fit[]

const addPrepare = ({ program, home, run, speak, values }: Commands): void => {
  const { atLeastZero, aboveZero, hexColour } = values
  const option = (flags: string, about: string) => new Option(flags, speak(`usage.${about}`))
  const command = program.command('prepare').description(speak('usage.prepare'))
  command
    .argument('<file>', speak('usage.prepare_file'), values.notEmpty)
    .requiredOption('-o, --output <file>', speak('usage.output'), values.outputFile)
    .addOption(option('--as <role>', 'as').choices(fileRoles))
    .addOption(option('--first-frame <file>', 'like_first_frame'))
    .addOption(option('--start <seconds>', 'start').argParser(atLeastZero))
    .addOption(option('--end <seconds>', 'end').argParser(aboveZero).conflicts('duration'))
    .addOption(option('--duration <seconds>', 'duration').argParser(aboveZero))
    .addOption(option('--fit <way>', 'fit').choices(ways).default(undefined, 'colour'))
    .addOption(option('--crop <frame>', 'crop').argParser(values.cropFrame))
    .addOption(option('--colour <#rrggbb>', 'colour').argParser(hexColour))
    .addOption(option('--color <#rrggbb>', 'colour').argParser(hexColour).hideHelp())
    .addOption(option('--track <number>', 'track').argParser(values.trackNumber))
    .addOption(option('--extend <way>', 'extend').choices(extendWay.options))
    .addOption(
      option('--only <remedy>', 'only').choices(remedy.options).argParser(collectRemedy(speak)),
    )
    .option('--dry-run', speak('usage.dry_run'))
    .option('--json', speak('usage.json'))
    .action(async (file: string, words: PrepareWords) => {
      const { start, end, color, colour = color, crop, fit, ...others } = words
      if (start !== undefined && end !== undefined && end <= start)
        mistake(command, speak, 'usage.end_before_start')
      if (crop && fit && fit !== 'crop') mistake(command, speak, 'usage.crop_and_fit', { fit })
      await run(async (...given) => {
        const { prepare } = await import('../commands/prepare')
        const { dryRun = false, json = false, ...rest } = others
        const wishes = { ...rest, start, end, colour, crop, fit }
        return await prepare({ ...wishes, file, dryRun, json, home: home() }, ...given)
      })
    })
}

const collectRemedy =
  (speak: Speak) =>
  (value: string, before: Remedy[] = []): Remedy[] => {
    const known = remedy.safeParse(value)
    if (known.success) return [...before, known.data]
    throw new InvalidArgumentError(speak('usage.allowed', { choices: remedy.options.join(', ') }))
  }

/** `diagnostics`, which works also where the home cannot be opened. */
export const addDiagnosticsCommand = ({ program, home, run, speak, values }: Commands): void => {
  program
    .command('diagnostics')
    .description(speak('usage.diagnostics'))
    .option('-o, --output <file>', speak('usage.diagnostics_output'), values.notEmpty)
    .option('--json', speak('usage.json'))
    .action(async ({ output: file, json = false }: { output?: string; json?: boolean }) => {
      await run(async (...given) => {
        const { diagnostics } = await import('../commands/diagnostics')
        return await diagnostics({ file: file ?? null, json, home: home() }, ...given)
      })
    })
}
