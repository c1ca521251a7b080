import { app } from 'electron'
import { keychainBox } from './secrets'

/** Runs a command without a window, with the real keychain, and ends with its status. */
export const runCommandLine = async (args: readonly string[]): Promise<void> => {
  const stop = new AbortController()
  process.on('SIGINT', () => stop.abort())
  process.on('SIGTERM', () => stop.abort())
  app.dock?.hide()
  // No window ever opens, so none closing may end the command.
  app.on('window-all-closed', () => {})
  await app.whenReady()
  const { runCli } = await import('../cli')
  const code = await runCli(args, {
    env: process.env,
    cwd: process.cwd(),
    stdout: process.stdout,
    stderr: process.stderr,
    signal: stop.signal,
    secretBox: keychainBox,
  })
  app.exit(code)
}
