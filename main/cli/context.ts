import type { Readable, Writable } from 'node:stream'
import type { SecretBox } from '../settings/settings'

/** What a run of the command line is given, so that tests and Electron's main process can give their own. */
export interface CliContext {
  env: NodeJS.ProcessEnv
  /** What relative names are relative to. */
  cwd: string
  /** Where a person answers; nobody is asked without one that is a terminal. */
  stdin?: Readable & { isTTY?: boolean }
  stdout: Writable & { isTTY?: boolean }
  stderr: Writable & { isTTY?: boolean }
  /** Fires when the person wants to stop (Ctrl-C). */
  signal: AbortSignal
  /** The keychain, where there is one; plain text otherwise. */
  secretBox?: SecretBox
}

/** Exit codes of every command (issue 2, point 9; 130 is what shells say of Ctrl-C). */
export const exitCode = { done: 0, refused: 1, usage: 2, interrupted: 130 } as const
