import { Command } from 'commander'
import { version } from '../../package.json'
import type { Run } from './commands'
import { addEditCommand } from './edit-command'
import { addFileCommands } from './file-commands'
import { addJobCommands } from './job-commands'
import type { Output } from './output'

/**
 * The commands and their options; `name` is what a person types before them. Each command is loaded when it is asked
 * for, so that `check` pays for no database and `--help` for nothing.
 */
export const createProgram = (
  name: string,
  output: Output,
  run: (command: Run) => Promise<void>,
): Command => {
  const program = new Command(name)
    .description('Checks clips for the Wan 2.7 video-edit model, fixes them, and edits them.')
    .version(version, '-V, --version', 'show the version')
    .option('--home <folder>', 'keep all state in this folder (or RESHOOT_HOME)')
    .helpOption('-h, --help', 'show this help')
    .helpCommand(false)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => output.line(text.trimEnd()),
      writeErr: (text) => output.notice(text.trimEnd()),
      outputError: (text, write) => write(withFileHint(text)),
    })
  const home = (): string | undefined => program.opts<{ home?: string }>().home
  const commands = { program, home, run }
  addFileCommands(commands)
  addEditCommand(commands)
  addJobCommands(commands)
  addHelpCommand(program)
  for (const command of [program, ...program.commands]) showUsageAfterErrors(command)
  return program
}

/** A file whose name begins with a dash, as `*.mp4` may give it, is read as an option. */
const withFileHint = (message: string): string => {
  const [, file] = /^error: unknown option '(-[^']*\.\w+)'/.exec(message) ?? []
  return file ? `${message.trimEnd()} Is it a file? Then write ./${file}\n` : message
}

const addHelpCommand = (program: Command): void => {
  program
    .command('help')
    .description('show the help of a command')
    .argument('[command]')
    .action((asked: string | undefined) => {
      const command = program.commands.find((known) => known.name() === asked)
      if (asked === undefined) program.help()
      else if (command) command.help()
      else program.error(`error: unknown command '${asked}'`)
    })
}

/** Two lines after a mistake, not the whole help: what was wrong stays in sight. */
const showUsageAfterErrors = (command: Command): void => {
  const words = [command.parent?.name(), command.name()].filter(Boolean).join(' ')
  const usage = command.createHelp().commandUsage(command)
  command.showHelpAfterError(`Usage: ${usage}\n${words} --help shows all options.`)
}
