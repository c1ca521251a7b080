import { InvalidArgumentError, Option } from 'commander'
import { type Remedy, remedy } from '../../../preload/contract/preflight'
import type { Fit } from '../commands/prepare-fix'
import type { Speak } from '../words/words'
import type { Commands } from './commands'
import type { PixelFrame } from './option-values'
import { mistake } from './usage-mistakes'

/** `check` and `prepare`: files alone, no account and no state. */
export const addFileCommands = (commands: Commands): void => {
  addCheck(commands)
  addPrepare(commands)
}

const addCheck = ({ program, home, run, speak }: Commands): void => {
  program
    .command('check')
    .description(speak('usage.check'))
    .argument('<files...>', speak('usage.check_files'))
    .option('--json', speak('usage.json_lines'))
    .action(async (files: string[], { json = false }: { json?: boolean }) => {
      await run(async (...given) => {
        const { check } = await import('../commands/check')
        return await check({ files, json, home: home() }, ...given)
      })
    })
}

interface PrepareWords {
  output: string
  start?: number
  end?: number
  duration?: number
  fit?: Fit
  crop?: PixelFrame
  colour?: string
  /** As Americans spell it. */
  color?: string
  track?: number
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
    .addOption(option('--start <seconds>', 'start').argParser(atLeastZero))
    .addOption(option('--end <seconds>', 'end').argParser(aboveZero).conflicts('duration'))
    .addOption(option('--duration <seconds>', 'duration').argParser(aboveZero))
    .addOption(option('--fit <way>', 'fit').choices(ways).default(undefined, 'colour'))
    .addOption(option('--crop <x,y,width,height>', 'crop').argParser(values.pixelFrame))
    .addOption(option('--colour <#rrggbb>', 'colour').argParser(hexColour))
    .addOption(option('--color <#rrggbb>', 'colour').argParser(hexColour).hideHelp())
    .addOption(option('--track <number>', 'track').argParser(values.trackNumber))
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
