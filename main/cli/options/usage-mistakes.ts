import type { Command } from 'commander'
import type { Text } from '../../../preload/contract'
import type { Speak } from '../words/words'

/** Commander's English messages and the keys of our translations. A test compares them with the installed version. */
const sentences: readonly [RegExp, string][] = [
  [/^error: unknown option '(?<option>.*?)'/, 'unknown_option'],
  [/^error: unknown command '(?<command>.*?)'/, 'unknown_command'],
  [/^error: missing required argument '(?<name>.*)'/, 'missing_argument'],
  [/^error: option '(?<option>.*)' argument missing/, 'missing_value'],
  [/^error: required option '(?<option>.*)' not specified/, 'missing_option'],
  [
    /^error: option '(?<option>.*?)' argument '(?<value>.*)' is invalid\. (?<reason>.*)/s,
    'bad_value',
  ],
  [
    /^error: command-argument value '(?<value>.*)' is invalid for argument '(?<name>.*)'\. (?<reason>.*)/s,
    'bad_argument',
  ],
  [/^error: option '(?<option>.*)' cannot be used with option '(?<other>.*)'/, 'conflict'],
  [/^error: too many arguments/, 'too_many'],
]

const reasonIn = (reason: string, speak: Speak): string => {
  const [, choices] = /^Allowed choices are (.*)\.$/.exec(reason.trim()) ?? []
  return choices === undefined ? reason.trim() : speak('usage.allowed', { choices })
}

/** Commander's message in the person's language, with suggestions. */
export const mistakeSaid = (message: string, speak: Speak): string => {
  const found = sentences.find(([pattern]) => pattern.test(message))
  if (!found) return message.trimEnd()
  const [pattern, key] = found
  const values = { ...pattern.exec(message)?.groups }
  if (values['reason'] !== undefined) values['reason'] = reasonIn(values['reason'], speak)
  const words = speak('usage.mistake', { words: speak(`usage.${key}`, values) })
  return [words, ...suggestions(message, speak)].join('\n')
}

const suggestions = (message: string, speak: Speak): string[] => {
  const [, words] = /\(Did you mean (?:one of )?(.*)\?\)/.exec(message) ?? []
  // A file whose name begins with a dash (from `*.mp4`) is parsed as an option.
  const [, file] = /^error: unknown option '(-[^']*\.\w+)'/.exec(message) ?? []
  return [
    ...(words ? [speak('usage.did_you_mean', { words })] : []),
    ...(file ? [speak('usage.dash_file', { file })] : []),
  ]
}

/** Ends a command whose options contradict each other; exit status 2. */
export const mistake = (
  command: Command,
  speak: Speak,
  key: string,
  values: Text['values'] = {},
): never => command.error(speak('usage.mistake', { words: speak(key, values) }))
