import { app } from 'electron'
import { keychainBox } from './secrets'

/** Runs a command without a window, with the real keychain, and ends with its status. */
export const runCommandLine = async (args: readonly string[]): Promise<void> => {
  app.dock?.hide()
  // No window ever opens, so none closing may end the command.
  app.on('window-all-closed', () => {})
  await app.whenReady()
  const { runCli } = await import('../cli')
  app.exit(await runCli(args, { box: keychainBox }))
}
