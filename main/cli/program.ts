import { Command, InvalidArgumentError, Option } from 'commander'
import { aspectRatio, providerId, quality } from '../../preload/contract/provider'
import type { CliContext } from './context'
import type { Output } from './output'

type Run = (context: CliContext, output: Output) => Promise<number>

/**
 * The commands and their options. Each command is loaded when it is asked for, so that `check` pays
 * for no database and `--help` for nothing.
 */
export const createProgram = (output: Output, run: (command: Run) => Promise<void>): Command => {
  const program = new Command('reshoot')
    .description('Checks clips for the Wan 2.7 video-edit model, fixes them, and edits them.')
    .option('--home <folder>', 'keep all state in this folder (or RESHOOT_HOME)')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => output.line(text.trimEnd()),
      writeErr: (text) => output.notice(text.trimEnd()),
    })
    .showHelpAfterError()
  const home = (): string | undefined => program.opts<{ home?: string }>().home
  addFileCommands(program, home, run)
  addEditCommand(program, home, run)
  addJobCommands(program, home, run)
  return program
}

type Add = (
  program: Command,
  home: () => string | undefined,
  run: (command: Run) => Promise<void>,
) => void

const addFileCommands: Add = (program, home, run) => {
  program
    .command('check')
    .description('say what the model would refuse, and why')
    .argument('<files...>')
    .option('--json', 'one JSON document a line')
    .action(async (files: string[], { json = false }: { json?: boolean }) => {
      await run(async (...given) => {
        const { check } = await import('./check')
        return await check({ files, json, home: home() }, ...given)
      })
    })
  program
    .command('prepare')
    .description(
      'take a part of a clip and fix what the model would refuse; the source stays as it is',
    )
    .argument('<clip>')
    .requiredOption('-o, --output <file>', 'where to write')
    .option('--start <seconds>', 'where to begin', atLeastZero)
    .option('--duration <seconds>', 'how much to take', aboveZero)
    .action(
      async (file: string, options: { output: string; start?: number; duration?: number }) => {
        await run(async (...given) => {
          const { prepare } = await import('./prepare')
          const { start, duration } = options
          return await prepare(
            { file, output: options.output, start, duration, home: home() },
            ...given,
          )
        })
      },
    )
}

interface EditWords {
  prompt: string
  negative: string
  image?: string[]
  provider?: string
  quality: string
  ratio?: string
  cut: number
  keepAudio?: true
  seed?: number
  watermark?: true
  promptExtend: boolean
  callback?: string
  yes?: true
  wait: boolean
  json?: true
}

const addEditCommand: Add = (program, home, run) => {
  program
    .command('edit')
    .description('check, submit and fetch one edit')
    .argument('<clip>')
    .requiredOption('--prompt <text>', 'what to change')
    .option('--negative <text>', 'what to avoid', '')
    .option('--image <file>', 'a reference image; may be given again', collect)
    .addOption(new Option('--provider <id>', 'who runs the model').choices(providerId.options))
    .addOption(new Option('--quality <quality>', 'lines').choices(quality.options).default('720p'))
    .addOption(
      new Option('--ratio <ratio>', "instead of the clip's own").choices(aspectRatio.options),
    )
    .option('--cut <seconds>', 'use only the first seconds, 0 for all', atLeastZero, 0)
    .option('--keep-audio', "keep the clip's sound")
    .option('--seed <number>', 'repeat a result', wholeNumber)
    .option('--watermark', "add the service's mark")
    .option('--no-prompt-extend', 'take the prompt as it is')
    .option('--callback <url>', 'where the service tells that it is done, if it can')
    .option('--yes', 'submit also above the limit that is set in Settings')
    .option('--no-wait', 'return as soon as it is submitted')
    .option('--json', 'one JSON document a line')
    .action(async (clip: string, words: EditWords) => {
      await run(async (...given) => {
        const { edit } = await import('./edit')
        return await edit({ clip, home: home(), ...editOptionsFrom(words) }, ...given)
      })
    })
}

const editOptionsFrom = (words: EditWords) => ({
  prompt: words.prompt,
  negative: words.negative,
  images: words.image ?? [],
  provider: providerId.safeParse(words.provider).data,
  quality: quality.parse(words.quality),
  ratio: aspectRatio.safeParse(words.ratio).data ?? null,
  cut: words.cut,
  keepAudio: words.keepAudio ?? false,
  seed: words.seed ?? null,
  watermark: words.watermark ?? false,
  promptExtend: words.promptExtend,
  callback: words.callback ?? null,
  yes: words.yes ?? false,
  wait: words.wait,
  json: words.json ?? false,
})

const addJobCommands: Add = (program, home, run) => {
  program
    .command('jobs')
    .description('list the edits, newest first')
    .option('--json', 'one JSON document a line')
    .action(async ({ json = false }: { json?: boolean }) => {
      await run(async (...given) => (await import('./jobs')).jobs({ json, home: home() }, ...given))
    })
  program
    .command('resume')
    .description('drive every unfinished edit to its end')
    .action(async () => {
      await run(async (...given) => (await import('./jobs')).resume({ home: home() }, ...given))
    })
  program
    .command('cancel')
    .description('cancel an edit; the beginning of its id is enough')
    .argument('<id>')
    .action(async (id: string) => {
      await run(async (...given) => (await import('./jobs')).cancel({ id, home: home() }, ...given))
    })
  program
    .command('library')
    .description('list the results, newest first')
    .option('--json', 'one JSON document a line')
    .action(async ({ json = false }: { json?: boolean }) => {
      await run(async (...given) =>
        (await import('./library')).library({ json, home: home() }, ...given),
      )
    })
}

const collect = (value: string, before: string[] = []): string[] => [...before, value]

const numberFrom = (value: string): number => {
  const number = value.trim() === '' ? Number.NaN : Number(value)
  if (!Number.isFinite(number)) throw new InvalidArgumentError('It is not a number.')
  return number
}

const atLeastZero = (value: string): number => {
  const number = numberFrom(value)
  if (number < 0) throw new InvalidArgumentError('It must not be negative.')
  return number
}

const aboveZero = (value: string): number => {
  const number = numberFrom(value)
  if (number <= 0) throw new InvalidArgumentError('It must be more than 0.')
  return number
}

const wholeNumber = (value: string): number => {
  const number = numberFrom(value)
  if (!Number.isInteger(number)) throw new InvalidArgumentError('It is not a whole number.')
  return number
}
