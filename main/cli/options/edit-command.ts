import { Option } from 'commander'
import type { Text } from '../../../preload/contract'
import { aspectRatio, providerId, quality } from '../../../preload/contract/provider'
import type { Commands } from './commands'
import { cuts } from './option-values'
import { mistake } from './usage-mistakes'

interface EditWords {
  prompt: string
  negative?: string
  image?: string[]
  provider?: string
  quality: string
  ratio?: string
  cut?: number
  keepAudio?: true
  seed?: number
  watermark?: true
  promptExtend: boolean
  callback?: string
  yes?: true
  wait: boolean
  json?: true
}

/** `edit`: everything that the window's compose panel offers. */
export const addEditCommand = ({ program, home, run, speak, values }: Commands): void => {
  const option = (flags: string, about: string, said: Text['values'] = {}) =>
    new Option(flags, speak(`usage.${about}`, said))
  const command = program.command('edit').description(speak('usage.edit'))
  command
    .argument('<clip>', speak('usage.edit_clip'), values.notEmpty)
    .addOption(option('--prompt <text>', 'prompt').makeOptionMandatory())
    .addOption(option('--negative <text>', 'negative'))
    .addOption(option('--image <file>', 'image').argParser(collect(values.notEmpty)))
    .addOption(option('--provider <id>', 'provider').choices(providerId.options))
    .addOption(option('--quality <lines>', 'quality').choices(quality.options).default('720p'))
    .addOption(option('--ratio <ratio>', 'ratio').choices(aspectRatio.options))
    .addOption(option('--cut <seconds>', 'cut', { ...cuts }).argParser(values.cutSeconds))
    .addOption(option('--keep-audio', 'keep_audio'))
    .addOption(option('--seed <number>', 'seed').argParser(values.seedNumber))
    .addOption(option('--watermark', 'watermark'))
    .addOption(option('--no-prompt-extend', 'no_prompt_extend'))
    .addOption(option('--callback <url>', 'callback').argParser(values.callbackAddress))
    .addOption(option('--yes', 'yes'))
    .addOption(option('--no-wait', 'no_wait'))
    .addOption(option('--json', 'json'))
    .action(async (clip: string, words: EditWords) => {
      // As in the window: services take an empty prompt, and would bill for an edit that nobody described.
      if (words.prompt.trim() === '' && (words.image ?? []).length === 0)
        mistake(command, speak, 'usage.no_prompt')
      await run(async (...given) => {
        const { edit } = await import('../commands/edit')
        return await edit({ clip, home: home(), ...editOptionsFrom(words) }, ...given)
      })
    })
}

const editOptionsFrom = (words: EditWords) => ({
  prompt: words.prompt,
  negative: words.negative ?? '',
  images: words.image ?? [],
  provider: providerId.safeParse(words.provider).data,
  quality: quality.parse(words.quality),
  ratio: aspectRatio.safeParse(words.ratio).data ?? null,
  cut: words.cut ?? 0,
  keepAudio: words.keepAudio ?? false,
  seed: words.seed ?? null,
  watermark: words.watermark ?? false,
  promptExtend: words.promptExtend,
  callback: words.callback ?? null,
  yes: words.yes ?? false,
  wait: words.wait,
  json: words.json ?? false,
})

const collect =
  (read: (words: string) => string) =>
  (value: string, before: string[] = []): string[] => [...before, read(value)]
