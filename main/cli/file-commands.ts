import { InvalidArgumentError, Option } from 'commander'
import { type Remedy, remedy } from '../../preload/contract/preflight'
import type { Commands } from './commands'
import {
  aboveZero,
  atLeastZero,
  hexColour,
  notEmpty,
  outputFile,
  type PixelFrame,
  pixelFrame,
  trackNumber,
} from './option-values'
import type { Fit } from './prepare-fix'

/** `check` and `prepare`: files alone, no account and no state. */
export const addFileCommands = (commands: Commands): void => {
  addCheck(commands)
  addPrepare(commands)
}

const addCheck = ({ program, home, run }: Commands): void => {
  program
    .command('check')
    .description('say what the model would refuse, why, and how to fix it')
    .argument('<files...>', 'clips and reference images')
    .option('--json', 'one JSON document a line')
    .action(async (files: string[], { json = false }: { json?: boolean }) => {
      await run(async (...given) => {
        const { check } = await import('./check')
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
  track?: number
  only?: Remedy[]
  dryRun?: true
  json?: true
}

const addPrepare = ({ program, home, run }: Commands): void => {
  const command = program.command('prepare')
  command
    .description(
      'fix everything that check finds, in one run, or take a part of a clip; the source stays as it is',
    )
    .argument('<file>', 'a clip or a reference image', notEmpty)
    .requiredOption('-o, --output <file>', 'where to write: .mp4; .png or .jpg', outputFile)
    .option('--start <seconds>', 'where to begin', atLeastZero)
    .addOption(
      new Option('--end <seconds>', 'where to stop').argParser(aboveZero).conflicts('duration'),
    )
    .option('--duration <seconds>', 'how much to take; at most 10 s when left out', aboveZero)
    .addOption(
      new Option('--fit <way>', 'mend a ratio by cropping, or by filling the rest')
        .choices(['crop', 'blur', 'colour'])
        .default(undefined, 'colour'),
    )
    .option('--crop <x,y,width,height>', 'keep only this part of the picture; pixels', pixelFrame)
    .addOption(
      new Option(
        '--colour <#rrggbb>',
        'what fills the rest, and transparent pixels (black; white where pixels are transparent)',
      ).argParser(hexColour),
    )
    .addOption(new Option('--color <#rrggbb>').argParser(hexColour).hideHelp())
    .option('--track <number>', 'which video track to keep, from 1', trackNumber)
    .addOption(
      new Option('--only <remedy>', 'this and no other; may be given again')
        .choices(remedy.options)
        .argParser(collectRemedy),
    )
    .option('--dry-run', 'say what would come out, and write nothing')
    .option('--json', 'one JSON document')
    .action(async (file: string, words: PrepareWords & { color?: string }) => {
      const { start, end, color, colour = color, crop, fit } = words
      if (start !== undefined && end !== undefined && end <= start)
        command.error('error: --end must lie behind --start')
      if (crop && fit && fit !== 'crop')
        command.error(`error: option '--crop' cannot be used with '--fit ${fit}'`)
      await run(async (...given) => {
        const { prepare } = await import('./prepare')
        const { dryRun = false, json = false, ...chosen } = words
        return await prepare({ ...chosen, colour, file, dryRun, json, home: home() }, ...given)
      })
    })
}

const collectRemedy = (value: string, before: Remedy[] = []): Remedy[] => {
  const known = remedy.safeParse(value)
  if (!known.success)
    throw new InvalidArgumentError(`Allowed choices are ${remedy.options.join(', ')}.`)
  return [...before, known.data]
}
