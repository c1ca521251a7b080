import { type Command, Option } from 'commander'
import type { Text } from '../../../preload/contract'
import { isEmpty } from '../../../preload/contract/mode-table'
import { aspectRatio, providerId, quality } from '../../../preload/contract/provider'
import { mostTakes } from '../../edits/takes'
import { modeOf } from '../commands/create-mode'
import { type Commands, collect } from './commands'
import { cuts, durations } from './option-values'
import { mistake } from './usage-mistakes'

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
    const mode = modeOf(files)
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
