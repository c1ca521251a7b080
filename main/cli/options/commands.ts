import { type Command, InvalidArgumentError, Option } from 'commander'
import type { ExtendWay, Text, UncertainDecision } from '../../../preload/contract'
import { extendWay } from '../../../preload/contract/edit'
import { type FileRole, fileRoles, isEmpty } from '../../../preload/contract/mode-table'
import { type Remedy, remedy } from '../../../preload/contract/preflight'
import { aspectRatio, providerId, quality } from '../../../preload/contract/provider'
import { mostTakes } from '../../edits/takes'
import { modeOf as createModeOf } from '../commands/create-mode'
import type { Fit } from '../commands/prepare-fix'
import type { CliContext } from '../context'
import type { Output } from '../output'
import type { Speak } from '../words/words'
import { cuts, durations, type OptionValues, type PixelFrame, type Ratio } from './option-values'
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

/** What `edit` and `create` share. */
interface SubmitWords {
  prompt?: string
  negative?: string
  provider?: string
  quality: string
  ratio?: string
  seed?: number
  watermark?: true
  promptExtend?: boolean
  callback?: string
  takes?: number
  yes?: true
  wait: boolean
  json?: true
}

interface EditWords extends SubmitWords {
  image?: string[]
  cut?: number
  keepAudio?: true
}

/** The options that `edit` and `create` share. `ratio` names the help text of that option. */
const addSubmitOptions = (
  command: Command,
  { speak, values }: Commands,
  ratio: 'ratio' | 'create_ratio',
): void => {
  const option = (flags: string, name: string, said: Text['values'] = {}) =>
    new Option(flags, speak(`usage.${name}`, said))
  command
    .addOption(option('--negative <text>', 'negative'))
    .addOption(option('--provider <id>', 'provider').choices(providerId.options))
    .addOption(option('--quality <lines>', 'quality').choices(quality.options).default('720p'))
    .addOption(option('--ratio <ratio>', ratio).choices(aspectRatio.options))
    .addOption(option('--seed <number>', 'seed').argParser(values.seedNumber))
    .addOption(option('--takes <number>', 'takes', { max: mostTakes }).argParser(values.takes))
    .addOption(option('--watermark', 'watermark'))
    .addOption(option('--prompt-extend', 'prompt_extend'))
    .addOption(option('--no-prompt-extend', 'no_prompt_extend'))
    .addOption(option('--callback <url>', 'callback').argParser(values.callbackAddress))
    .addOption(option('--yes', 'yes'))
    .addOption(option('--no-wait', 'no_wait'))
    .addOption(option('--json', 'json_takes'))
}

/** `edit`, with every option of the window's inspector. */
export const addEditCommand = (commands: Commands): void => {
  const { program, home, run, speak, values } = commands
  const option = (flags: string, about: string, said: Text['values'] = {}) =>
    new Option(flags, speak(`usage.${about}`, said))
  const command = program.command('edit').description(speak('usage.edit'))
  command
    .argument('<clip>', speak('usage.edit_clip'), values.notEmpty)
    .addOption(option('--prompt <text>', 'prompt').makeOptionMandatory())
    .addOption(option('--image <file>', 'image').argParser(collect(values.notEmpty)))
    .addOption(option('--cut <seconds>', 'cut', { ...cuts }).argParser(values.cutSeconds))
    .addOption(option('--keep-audio', 'keep_audio'))
  addSubmitOptions(command, commands, 'ratio')
  command.action(async (clip: string, words: EditWords) => {
    const { prompt = '', image = [], cut = 0, keepAudio = false } = words
    const images = image.map(() => ({ role: 'reference-image' as const }))
    if (isEmpty('edit', prompt, images)) mistake(command, speak, 'usage.no_prompt')
    await run(async (...given) => {
      const { edit } = await import('../commands/edit')
      const own = { clip, images: image, cut, keepAudio, takes: words.takes ?? null }
      return await edit({ home: home(), ...submitOptionsFrom(words), ...own }, ...given)
    })
  })
}

interface CreateWords extends SubmitWords {
  firstFrame?: string
  lastFrame?: string
  clip?: string
  sound?: string
  reference?: string[]
  voice?: { of: number; path: string }[]
  duration?: number
}

/** `create`: a new video from words, from an image or a clip to continue, or from references. */
export const addCreateCommand = (commands: Commands): void => {
  const { program, home, run, speak, values } = commands
  const option = (flags: string, about: string, said: Text['values'] = {}) =>
    new Option(flags, speak(`usage.${about}`, said))
  const command = program.command('create').description(speak('usage.create'))
  command
    .addOption(option('--prompt <text>', 'create_prompt'))
    .addOption(option('--first-frame <file>', 'first_frame').argParser(values.notEmpty))
    .addOption(option('--last-frame <file>', 'last_frame').argParser(values.notEmpty))
    .addOption(option('--clip <file>', 'create_clip').argParser(values.notEmpty))
    .addOption(option('--sound <file>', 'sound').argParser(values.notEmpty))
    .addOption(option('--reference <file>', 'reference').argParser(collect(values.notEmpty)))
    .addOption(option('--voice <number=file>', 'voice').argParser(collect(values.voice)))
    .addOption(
      option('--duration <seconds>', 'create_duration', { ...durations }).argParser(
        values.videoSeconds,
      ),
    )
  addSubmitOptions(command, commands, 'create_ratio')
  command.action(async (words: CreateWords) => {
    const { firstFrame, lastFrame, clip, sound, prompt = '' } = words
    const { reference: references = [], voice: voices = [], duration = null } = words
    const files = { firstFrame, lastFrame, clip, references, sound, voices }
    const mode = createModeOf(files)
    if (isEmpty(mode, prompt, [])) mistake(command, speak, 'usage.create_no_prompt')
    await run(async (...given) => {
      const { create } = await import('../commands/create')
      // Each take has a seed that is known, also a single one.
      const own = { mode, given: files, duration, takes: words.takes ?? 1 }
      return await create({ home: home(), ...submitOptionsFrom(words), ...own }, ...given)
    })
  })
}

const submitOptionsFrom = (words: SubmitWords) => ({
  prompt: words.prompt ?? '',
  negative: words.negative ?? '',
  provider: providerId.safeParse(words.provider).data,
  quality: quality.parse(words.quality),
  ratio: aspectRatio.safeParse(words.ratio).data ?? null,
  seed: words.seed ?? null,
  watermark: words.watermark ?? false,
  promptExtend: words.promptExtend ?? null,
  callback: words.callback ?? null,
  yes: words.yes ?? false,
  wait: words.wait,
  json: words.json ?? false,
})

const collect =
  <Value>(read: (words: string) => Value) =>
  (value: string, before: Value[] = []): Value[] => [...before, read(value)]

interface Words {
  json?: boolean
}

/** `jobs`, `resume`, `retry`, `settle`, `cancel`, `forget`, `library`. */
export const addJobCommands = (commands: Commands): void => {
  const { program, home, run, speak, values } = commands
  const addList = (name: string, load: () => Promise<ListCommand>): void => {
    program
      .command(name)
      .description(speak(`usage.${name}`))
      .option('--json', speak('usage.json_lines'))
      .action(async ({ json = false }: Words) => {
        await run(async (...given) => (await load())({ json, home: home() }, ...given))
      })
  }
  addList('jobs', async () => (await import('../commands/jobs')).jobs)
  addList('resume', async () => (await import('../commands/resume')).resume)
  addRetry(commands)
  addSettle(commands)
  program
    .command('cancel')
    .description(speak('usage.cancel'))
    .argument('<id>', speak('usage.job_id'), values.notEmpty)
    .option('--json', speak('usage.json'))
    .action(async (id: string, { json = false }: Words) => {
      await run(async (...given) =>
        (await import('../commands/cancel')).cancel({ id, json, home: home() }, ...given),
      )
    })
  addForget(commands)
  addList('library', async () => (await import('../commands/library')).library)
}

/** `diagnostics`, which works also where the home cannot be opened. */
export const addDiagnosticsCommand = ({ program, home, run, speak, values }: Commands): void => {
  program
    .command('diagnostics')
    .description(speak('usage.diagnostics'))
    .option('-o, --output <file>', speak('usage.diagnostics_output'), values.notEmpty)
    .option('--json', speak('usage.json'))
    .action(async ({ output: file, json = false }: Words & { output?: string }) => {
      await run(async (...given) => {
        const { diagnostics } = await import('../commands/diagnostics')
        return await diagnostics({ file: file ?? null, json, home: home() }, ...given)
      })
    })
}

/** A command without arguments that prints a list. */
type ListCommand = (
  options: { json: boolean; home: string | undefined },
  ...given: Parameters<Run>
) => Promise<number>

interface FollowWords {
  yes?: boolean
  wait: boolean
  json?: boolean
}

const followOptionsFrom = ({ yes = false, wait, json = false }: FollowWords) => ({
  yes,
  wait,
  json,
})

interface RetryWords extends FollowWords {
  submit?: boolean
  provider?: string
}

const addRetry = ({ program, home, run, speak, values }: Commands): void => {
  const option = (flags: string, about: string) => new Option(flags, speak(`usage.${about}`))
  const command = program.command('retry').description(speak('usage.retry'))
  command
    .argument('<id>', speak('usage.job_id'), values.notEmpty)
    .addOption(option('--submit', 'retry_submit'))
    .addOption(option('--provider <id>', 'retry_provider').choices(providerId.options))
    .addOption(option('--yes', 'yes'))
    .addOption(option('--no-wait', 'no_wait'))
    .addOption(option('--json', 'json'))
    .action(async (id: string, { submit = false, provider, ...words }: RetryWords) => {
      if (provider !== undefined && !submit) mistake(command, speak, 'usage.provider_needs_submit')
      await run(async (...given) => {
        const { retry } = await import('../commands/retry')
        const chosen = providerId.safeParse(provider).data
        const followed = followOptionsFrom(words)
        return await retry({ id, submit, provider: chosen, home: home(), ...followed }, ...given)
      })
    })
}

interface SettleWords extends FollowWords {
  task?: string
  neverArrived?: true
  submitAgain?: true
  lookAgain?: true
}

const decisionsIn = ({ task, neverArrived, submitAgain, lookAgain }: SettleWords) => {
  const decisions: UncertainDecision[] = []
  if (task !== undefined) decisions.push({ kind: 'arrived', taskId: task })
  if (neverArrived) decisions.push({ kind: 'never-arrived' })
  if (submitAgain) decisions.push({ kind: 'submit-again' })
  if (lookAgain) decisions.push({ kind: 'look-again' })
  return decisions
}

const addSettle = ({ program, home, run, speak, values }: Commands): void => {
  const option = (flags: string, about: string) => new Option(flags, speak(`usage.${about}`))
  const command = program.command('settle').description(speak('usage.settle'))
  command
    .argument('<id>', speak('usage.job_id'), values.notEmpty)
    .addOption(option('--task <id>', 'settle_task').argParser(values.taskId))
    .addOption(option('--never-arrived', 'settle_never_arrived'))
    .addOption(option('--submit-again', 'settle_submit_again'))
    .addOption(option('--look-again', 'settle_look_again'))
    .addOption(option('--yes', 'yes'))
    .addOption(option('--no-wait', 'no_wait'))
    .addOption(option('--json', 'json'))
    .action(async (id: string, words: SettleWords) => {
      const [decision, ...others] = decisionsIn(words)
      if (!decision || others.length > 0) return mistake(command, speak, 'usage.settle_which')
      await run(async (...given) => {
        const { settle } = await import('../commands/settle')
        return await settle({ id, decision, home: home(), ...followOptionsFrom(words) }, ...given)
      })
    })
}

const addForget = ({ program, home, run, speak, values }: Commands): void => {
  program
    .command('forget')
    .description(speak('usage.forget'))
    .argument('<ids...>', speak('usage.job_id'), collect(values.notEmpty))
    .option('--yes', speak('usage.forget_yes'))
    .option('--json', speak('usage.json_lines'))
    .action(async (ids: string[], { yes = false, json = false }: Words & { yes?: boolean }) => {
      await run(async (...given) => {
        const { forget } = await import('../commands/forget')
        return await forget({ ids, yes, json, home: home() }, ...given)
      })
    })
}
