import type { Command } from 'commander'
import type { CliContext } from '../context'
import type { Output } from '../output'
import type { Speak } from '../words/words'
import type { OptionValues } from './option-values'

/** What a command does once its words are read; gives its exit code. */
export type Run = (context: CliContext, output: Output) => Promise<number>

/** What a group of commands is added to, and with. */
export interface Commands {
  program: Command
  /** From `--home`. */
  home: () => string | undefined
  run: (command: Run) => Promise<void>
  /** The help, in the person's language. */
  speak: Speak
  values: OptionValues
}
