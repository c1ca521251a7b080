import { app, dialog } from 'electron'
import { languageOf } from '../../preload/contract/language/languages'
import type { Home } from '../home'
import { createFileLog } from '../log'

/** Says in one sentence why the app cannot start, keeps the rest in the log, and ends. */
export const fail =
  (home: Home) =>
  async (error: unknown): Promise<void> => {
    createFileLog(home.logs, 'main').error('Cannot start', { error })
    const { say } = await import('../../preload/contract/language')
    const reason = error instanceof Error ? error.message : String(error)
    const language = languageOf(app.getPreferredSystemLanguages()[0])
    const sentence = (key: string) =>
      say({ key, values: { folder: home.folder, reason } }, language)
    process.stderr.write(`${sentence('shell.start.title')}: ${reason}\n`)
    if (process.platform !== 'linux' || process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'])
      dialog.showErrorBox(sentence('shell.start.title'), sentence('shell.start.detail'))
    app.exit(1)
  }
