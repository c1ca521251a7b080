import { Command, type HelpConfiguration } from 'commander'
import { version } from '../../package.json'
import { addDiagnosticsCommand, addFileCommands, type Run } from './options/commands'
import { addJobCommands } from './options/job-commands'
import { optionValues } from './options/option-values'
import { addCreateCommand, addEditCommand } from './options/submit-commands'
import { mistake, mistakeSaid } from './options/usage-mistakes'
import type { Output } from './output'
import type { Speak } from './words/words'

/**
 * The commands and their options. Each command is loaded when it runs, so that `check` loads no database and `--help`
 * nothing at all.
 * @param name how the person calls the command line
 */
export const createProgram = (
  name: string,
  output: Output,
  speak: Speak,
  run: (command: Run) => Promise<void>,
): Command => {
  const program = new Command(name)
    .configureHelp(helpIn(speak))
    .description(speak('usage.about'))
    .version(version, '-V, --version', speak('usage.version'))
    .option('--home <folder>', speak('usage.home'))
    .helpOption('-h, --help', speak('usage.help'))
    .helpCommand(false)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => output.line(text.trimEnd()),
      writeErr: (text) => output.notice(text.trimEnd()),
      outputError: (text, write) => write(mistakeSaid(text, speak)),
    })
  const home = (): string | undefined => program.opts<{ home?: string }>().home
  const commands = { program, home, run, speak, values: optionValues(speak) }
  addFileCommands(commands)
  addEditCommand(commands)
  addCreateCommand(commands)
  addJobCommands(commands)
  addDiagnosticsCommand(commands)
  addHelpCommand(program, speak)
  for (const command of [program, ...program.commands]) showUsageAfterErrors(command, speak)
  return program
}

const titles: Record<string, string> = {
  'Usage:': 'usage.title_usage',
  'Arguments:': 'usage.title_arguments',
  'Options:': 'usage.title_options',
  'Commands:': 'usage.title_commands',
}

/** Commander's help texts in the person's language. */
const helpIn = (speak: Speak): HelpConfiguration => ({
  styleTitle: (title) => (titles[title] ? speak(titles[title]) : title),
  optionDescription: ({ description, argChoices, defaultValue, defaultValueDescription }) => {
    const value = defaultValueDescription ?? (defaultValue === true ? undefined : defaultValue)
    const extra = [
      ...(argChoices ? [speak('usage.choices', { choices: argChoices.join(', ') })] : []),
      ...(value === undefined ? [] : [speak('usage.default', { value: String(value) })]),
    ]
    return extra.length > 0 ? `${description} (${extra.join('; ')})` : description
  },
})

const addHelpCommand = (program: Command, speak: Speak): void => {
  program
    .command('help')
    .description(speak('usage.help_of'))
    .argument('[command]')
    .action((asked: string | undefined) => {
      const command = program.commands.find((known) => known.name() === asked)
      if (asked === undefined) program.help()
      else if (command) command.help()
      else mistake(program, speak, 'usage.unknown_command', { command: asked })
    })
}

/** Prints two lines after a usage error instead of the whole help, so that the error stays visible. */
const showUsageAfterErrors = (command: Command, speak: Speak): void => {
  const words = [command.parent?.name(), command.name()].filter(Boolean).join(' ')
  const usage = `${speak('usage.title_usage')} ${command.createHelp().commandUsage(command)}`
  command.showHelpAfterError(`${usage}\n${speak('usage.all_options', { command: words })}`)
}
