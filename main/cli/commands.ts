import type { Command } from 'commander'
import type { CliContext } from './context'
import type { Output } from './output'

/** What a command does once its words are read; gives its exit code. */
export type Run = (context: CliContext, output: Output) => Promise<number>

/** What a group of commands is added to, and with. */
export interface Commands {
  program: Command
  /** From `--home`. */
  home: () => string | undefined
  run: (command: Run) => Promise<void>
}
