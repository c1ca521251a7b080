import { app, type BrowserWindow, dialog } from 'electron'
import { languageOf } from '../../preload/contract/language/languages'
import { hasCode } from '../files/errno'
import type { Home } from '../home'
import { createFileLog, type Log, logUnexpected } from '../log'
import { startText } from './errors'
import { isWorker } from './utility-worker'

/** Logs why the app cannot start, shows it in one sentence, and ends the process. */
export const failToStart =
  (home: Home) =>
  async (error: unknown): Promise<void> => {
    const id = logUnexpected(createFileLog(home.logs, 'main'), 'Cannot start', { error })
    const { say } = await import('../../preload/contract/language')
    const language = languageOf(app.getPreferredSystemLanguages()[0])
    const words = startText(error)
    const message = error instanceof Error ? error.message : String(error)
    const unknown = { key: 'shell.start.unknown', values: { message, id } }
    const reason = say(words ?? unknown, language)
    const sentence = (key: string) =>
      say({ key, values: { folder: home.folder, reason } }, language)
    process.stderr.write(`${sentence('shell.start.title')}: ${reason}\n`)
    if (process.platform !== 'linux' || process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'])
      dialog.showErrorBox(sentence('shell.start.title'), sentence('shell.start.detail'))
    app.exit(1)
  }

/**
 * Logs uncaught errors, for which Electron would show a stack trace in a dialog.
 *
 * The app continues: important data is stored before it is used, and jobs survive even a crash of the process.
 * `notify` gets the id under which the log has the details.
 */
export const setupFaults = (log: Pick<Log, 'error'>, notify: (id: string) => void): void => {
  const report = (kind: string) => (error: unknown) => {
    // The reader of stdout or stderr has closed it.
    if (hasCode(error, 'EPIPE')) return
    notify(logUnexpected(log, kind, { error }))
  }
  process.on('uncaughtException', report('Uncaught error'))
  process.on('unhandledRejection', report('Unhandled rejection'))
  app.on('child-process-gone', (_event, details) => {
    // The app itself kills its workers: when they are idle, have grown, or take too long.
    const isOwn = details.reason === 'killed' && isWorker(details.name)
    if (details.reason !== 'clean-exit' && !isOwn)
      log.error('A child process ended', {
        type: details.type,
        reason: details.reason,
        exitCode: details.exitCode,
        name: details.name ?? '',
      })
  })
}

/** How often a crashed page is reloaded within a minute before the app asks. */
const reloadsPerMinute = 3

/** Limits a repeated action: true while there were fewer than `limit` in the last `interval` milliseconds. */
export const createBudget = (limit: number, interval: number, now: () => number) => {
  let spent: number[] = []
  return (): boolean => {
    spent = spent.filter((time) => now() - time < interval)
    if (spent.length >= limit) return false
    spent.push(now())
    return true
  }
}

/** Reloads a crashed page. Drafts live in main, so nothing is lost. */
export const recoverFromCrashes = (
  window: BrowserWindow,
  log: Log,
  say: (key: string, values?: Record<string, string>) => string,
): void => {
  const mayReload = createBudget(reloadsPerMinute, 60_000, Date.now)
  const reloadOrAsk = async (id: string): Promise<void> => {
    if (window.isDestroyed()) return
    if (mayReload()) return window.webContents.reload()
    const { response } = await dialog.showMessageBox(window, {
      type: 'error',
      message: say('shell.crash.title'),
      detail: say('shell.crash.detail', { id }),
      buttons: [say('shell.crash.reload'), say('shell.crash.quit')],
      defaultId: 0,
      cancelId: 1,
    })
    if (response === 0) window.webContents.reload()
    else app.quit()
  }
  window.webContents.on('render-process-gone', (_event, details) => {
    if (details.reason === 'clean-exit') return
    const { reason, exitCode } = details
    const id = logUnexpected(log, 'The page ended', { reason, exitCode })
    // Later: loading a page inside this event ends the whole app (SIGTRAP, Electron 42).
    setImmediate(() => void reloadOrAsk(id))
  })
}
