import { app } from 'electron'
import { languageOf } from '../../preload/contract/language/languages'
import { createFileLog } from '../log'
import { localeOf } from '../settings/language'
import { setupFaults } from './faults'
import { keychainBox } from './secrets'
import { systemProxy } from './system-proxy'
import { utilityWorker } from './utility-worker'

/** Runs a command without a window, with the real keychain, and exits with its status. `logs` is the folder of the logs. */
export const runCommandLine = async (args: readonly string[], logs: string): Promise<void> => {
  const stop = new AbortController()
  process.on('SIGINT', () => stop.abort())
  process.on('SIGTERM', () => stop.abort())
  setupFaults(createFileLog(logs, 'cli'), (id) => {
    void import('../../preload/contract/language').then(({ say }) => {
      const text = { key: 'shell.error.unexpected', values: { id } }
      process.stderr.write(`${say(text, languageOf(localeOf(process.env)))}\n`)
      app.exit(1)
    })
  })
  app.dock?.hide()
  // No window opens, so Electron must not quit for lack of one.
  app.on('window-all-closed', () => {})
  const { runCli } = await import('../cli')
  const code = await runCli(args, {
    ready: app.whenReady(),
    env: process.env,
    cwd: process.cwd(),
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    signal: stop.signal,
    secretBox: keychainBox,
    systemProxy,
    startPictures: utilityWorker('pictures.js'),
  })
  app.exit(code)
}
