// Import first: sets the thread-pool size before any file I/O.
import './start/thread-pool'

import { realpathSync } from 'node:fs'
import path from 'node:path'
import { exitCode } from './cli/context'
import { runCli, uncaughtSentence } from './cli/run-cli'
import { forkWorker } from './tools/worker'

export { type CliContext, runCli } from './cli/run-cli'

/** The entry point without Electron: `node out/main/cli.js check clip.mp4`. */
const main = async (): Promise<void> => {
  const stop = new AbortController()
  process.on(
    'SIGINT',
    interrupted(stop, process.stdin.isTTY === true, () => performance.now()),
  )
  process.on('SIGTERM', () => stop.abort())
  const argv = process.argv.slice(2)
  process.on('uncaughtException', (error) => {
    process.stderr.write(`${uncaughtSentence(error, argv, process.env)}\n`)
    process.exit(exitCode.refused)
  })
  process.exitCode = await runCli(argv, {
    env: process.env,
    cwd: process.cwd(),
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    signal: stop.signal,
    startPictures: () => forkWorker(`${path.join(import.meta.dirname, 'pictures')}${extension}`),
  })
}

/** Milliseconds after which a second signal is a person's wish: a process group may get one signal twice. */
const secondSignalAfter = 3_000

/** Stops the command; a second Ctrl+C ends it at once, even while the answer to a create is on its way. */
export const interrupted = (
  stop: AbortController,
  isTerminal: boolean,
  now: () => number,
  exit: (code: number) => void = process.exit,
): (() => void) => {
  let first: number | null = null
  return () => {
    if (first !== null && (isTerminal || now() - first >= secondSignalAfter)) exit(130)
    first ??= now()
    stop.abort()
  }
}

/** The processes of the app lie beside this file. */
const extension = path.extname(import.meta.filename)

const isEntry = (): boolean => {
  const script = process.argv[1]
  if (!script) return false
  try {
    return realpathSync(script) === import.meta.filename
  } catch {
    return false // not started from a file
  }
}

if (isEntry()) await main()
