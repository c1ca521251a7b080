import type { Readable, Writable } from 'node:stream'
import type { SecretBox } from '../settings/settings'
import type { StartWorker } from '../tools/worker'

/** What one run of the command line gets from its caller: a process, Electron's main process, or a test. */
export interface CliContext {
  env: NodeJS.ProcessEnv
  /** Working directory. */
  cwd: string
  /** Input for answers; without a terminal there are no questions. */
  stdin?: Readable & { isTTY?: boolean }
  stdout: Writable & { isTTY?: boolean }
  stderr: Writable & { isTTY?: boolean }
  /** Aborts on Ctrl-C. */
  signal: AbortSignal
  /** Resolves when keychain and system can be asked; commands about files do not wait for it. */
  ready?: Promise<unknown>
  /** The keychain; without one, keys are stored as plain text. */
  secretBox?: SecretBox
  /** Starts the process in which pictures are decoded; without it they are decoded in this one. */
  startPictures?: StartWorker
  /** Asks the system for the proxy of an address; without it only the environment names proxies. */
  systemProxy?: (address: string) => Promise<string>
}

/** Exit statuses of every command; 130 is the shells' convention for Ctrl-C. */
export const exitCode = { done: 0, refused: 1, usage: 2, interrupted: 130 } as const
