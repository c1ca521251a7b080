import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { app, type BrowserWindow, Menu, powerMonitor, session } from 'electron'
import { type Home, isNewHome } from '../home'
import type { Log } from '../log'
import { setupFaults } from './faults'
import { setupIpc } from './ipc'
import { handedFiles, type Launch } from './launch'
import { pageOf } from './page'
import type { Running } from './running'
import { serveApp, serveMedia } from './schemes'
import { secureSession, setupContentsGuard } from './security'
import { openShellState } from './shell-state'
import { createWindow, showWindow } from './window'

/** Milliseconds until the page's process has received its first script. */
const scriptDelay = 15
/** Milliseconds that the services wait for the page at most. */
const pageLimit = 300
/** Milliseconds that closing may take; the next start resumes interrupted work. */
const closeLimit = 5_000

/**
 * Opens the window, then the services; calls of the page wait for the services.
 *
 * The page gets its first script before the services load, because its own process can run it meanwhile.
 */
export const openApp = async (launch: Launch, home: Home, log: Log): Promise<void> => {
  const { url: pageUrl, source } = pageOf(process.env['ELECTRON_RENDERER_URL'], app.isPackaged)
  const development = source.kind === 'development'
  const state = openShellState(home.windowState)
  if (isNewHome(home)) state.set({ welcome: true })
  const files = [...launch.files]
  let window: BrowserWindow | null = null
  let running: Promise<Running> | null = null
  let shell: Running | null = null

  const openFiles = (paths: readonly string[]): void => {
    if (paths.length === 0) return
    if (running) void running.then(({ openFiles: open }) => open(paths))
    else files.push(...paths)
  }
  const openWindow = (): BrowserWindow => {
    const opened = createWindow(pageUrl, state, development)
    window = opened
    opened.on('closed', () => {
      window = null
    })
    shell?.watch(opened)
    return opened
  }
  const show = (): void => showWindow(window ?? openWindow())

  setupFaults(log, (id) => {
    if (running) void running.then(({ showFault }) => showFault(id)).catch(() => {})
  })
  setupContentsGuard(pageUrl)
  app.on('second-instance', (_event, _argv, _cwd, data) => {
    openFiles(handedFiles(data))
    if (app.isReady()) show()
  })
  app.on('open-file', (event, file) => {
    event.preventDefault()
    openFiles([file])
  })
  // Windows shows notifications only of an app with the id of a shortcut (scripts/package/windows/reshoot.nsi).
  app.setAppUserModelId('app.reshoot.Reshoot')
  // Before Electron is ready, or it creates a default menu first.
  Menu.setApplicationMenu(null)
  await app.whenReady()

  const { defaultSession } = session
  secureSession(defaultSession, source)
  const ready = (): Promise<Running> => running ?? Promise.reject(new Error('not started'))
  const scriptServed = serveApp(defaultSession, path.join(import.meta.dirname, '../renderer'))
  serveMedia(defaultSession, async (kind, id) => (await ready()).services.mediaPath(kind, id))
  setupIpc({
    window: () => window,
    pageUrl,
    dispatch: async () => (await ready()).dispatch,
    onRefused: (channel, frameUrl) => log.warn('A call was refused', { channel, frameUrl }),
  })
  openWindow()

  running = Promise.race([scriptServed.then(() => pause(scriptDelay)), pause(pageLimit)])
    .then(() => import('./running'))
    .then(({ startRunning }) =>
      startRunning({ home, log, state, development, window: () => window, show }),
    )
  const started = await running
  shell = started
  if (window) started.watch(window)
  started.openFiles(files)
  powerMonitor.on('resume', () => started.services.jobs.wake?.())
  app.on('activate', show)
  app.on('before-quit', () => started.quit())
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  setupQuit(started.close, log)
}

/** Ends the process once the services have closed, after the windows, which save the last input. */
const setupQuit = (close: () => Promise<void>, log: Pick<Log, 'warn'>): void => {
  let closing = false
  app.on('will-quit', (event) => {
    event.preventDefault()
    if (closing) return
    closing = true
    const late = pause(closeLimit).then(() => log.warn('Closing took too long and was cut off'))
    void Promise.race([close(), late])
      .catch((error: unknown) => log.warn('Closing failed', { error }))
      .finally(() => app.exit(0))
  })
}
