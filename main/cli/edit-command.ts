import { Option } from 'commander'
import { aspectRatio, providerId, quality } from '../../preload/contract/provider'
import type { Commands } from './commands'
import { callbackAddress, cutSeconds, notEmpty, seedNumber } from './option-values'

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
export const addEditCommand = ({ program, home, run }: Commands): void => {
  const command = program.command('edit')
  command
    .description('check, submit and fetch one edit')
    .argument('<clip>', 'the clip to edit', notEmpty)
    .requiredOption('--prompt <text>', 'what to change')
    .option('--negative <text>', 'what to avoid')
    .option('--image <file>', 'a reference image; may be given again', collect)
    .addOption(new Option('--provider <id>', 'who runs the model').choices(providerId.options))
    .addOption(
      new Option('--quality <lines>', 'of the result').choices(quality.options).default('720p'),
    )
    .addOption(
      new Option('--ratio <ratio>', "instead of the clip's own").choices(aspectRatio.options),
    )
    .option('--cut <seconds>', 'edit only the first seconds: 2 to 10, or 0 for all', cutSeconds)
    .option('--keep-audio', "keep the clip's sound")
    .option('--seed <number>', 'repeat a result: the same number gives a similar one', seedNumber)
    .option('--watermark', "add the service's mark")
    .option('--no-prompt-extend', 'take the prompt as it is')
    .option(
      '--callback <url>',
      'where the service tells that it is done, if it can',
      callbackAddress,
    )
    .option('--yes', 'submit also above the limit that is set in Settings')
    .option('--no-wait', 'return as soon as it is submitted')
    .option('--json', 'one JSON document')
    .action(async (clip: string, words: EditWords) => {
      // As in the window: services take an empty prompt, and would bill for an edit that nobody described.
      if (words.prompt.trim() === '' && (words.image ?? []).length === 0)
        command.error("error: option '--prompt <text>' is empty, and there is no --image either")
      await run(async (...given) => {
        const { edit } = await import('./edit')
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

const collect = (value: string, before: string[] = []): string[] => [...before, notEmpty(value)]
