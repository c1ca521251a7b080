import { app, type BrowserWindow, dialog } from 'electron'
import type { Log } from '../log'

/** How often a crashed page is brought back within a minute before the person is asked. */
const reloadsPerMinute = 3

/** Counts restarts: true as long as there were fewer than `limit` in the last `window` milliseconds. */
export const createBudget = (limit: number, window: number, now: () => number) => {
  let spent: number[] = []
  return (): boolean => {
    spent = spent.filter((time) => now() - time < window)
    if (spent.length >= limit) return false
    spent.push(now())
    return true
  }
}

/** Brings a crashed page back. What was typed lives in main, so nothing is lost. */
export const recoverFromCrashes = (
  window: BrowserWindow,
  log: Log,
  words: () => { title: string; detail: string; reload: string; quit: string },
): void => {
  const mayReload = createBudget(reloadsPerMinute, 60_000, Date.now)
  window.webContents.on('render-process-gone', (_event, details) => {
    if (details.reason === 'clean-exit') return
    log.error('The page ended', { reason: details.reason, exitCode: details.exitCode })
    // Later: loading a page from inside of this event ends the whole app (SIGTRAP, Electron 42).
    setImmediate(() => {
      if (window.isDestroyed()) return
      if (mayReload()) window.webContents.reload()
      else void ask(window, words())
    })
  })
}

const ask = async (
  window: BrowserWindow,
  words: { title: string; detail: string; reload: string; quit: string },
): Promise<void> => {
  const { response } = await dialog.showMessageBox(window, {
    type: 'error',
    message: words.title,
    detail: words.detail,
    buttons: [words.reload, words.quit],
    defaultId: 0,
    cancelId: 1,
  })
  if (response === 0) window.webContents.reload()
  else app.quit()
}
