// Import first: sets the thread-pool size before any file I/O.
import './start/thread-pool'

import { realpathSync } from 'node:fs'
import { runCli } from './cli/run-cli'

export { type CliContext, runCli } from './cli/run-cli'

/** The entry point without Electron: `node out/main/cli.js check clip.mp4`. */
const main = async (): Promise<void> => {
  const stop = new AbortController()
  process.on('SIGINT', () => {
    if (stop.signal.aborted) process.exit(130) // the second Ctrl+C ends at once
    stop.abort()
  })
  process.on('SIGTERM', () => stop.abort())
  process.exitCode = await runCli(process.argv.slice(2), {
    env: process.env,
    cwd: process.cwd(),
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    signal: stop.signal,
  })
}

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
