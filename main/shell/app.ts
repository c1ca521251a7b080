import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { app, type BrowserWindow, Menu, powerMonitor } from 'electron'
import type { Home } from '../home'
import type { Log } from '../log'
import { serveApp } from './app-scheme'
import { setupFaults } from './faults'
import { setupIpc } from './ipc'
import { handedFiles, type Launch } from './launch'
import { serveMedia } from './media-scheme'
import { pageSource } from './page'
import { setupQuit } from './quit'
import type { Running } from './running'
import { appSession, secureSession, setupContentsGuard } from './security'
import { openShellState } from './shell-state'
import { createWindow, showWindow } from './window'

/** Milliseconds until a script that was given to the page has left this process. */
const handover = 15
/** Milliseconds the services wait for the page at most. */
const pageFirst = 300

/**
 * Opens the app: the window first, the services behind it. Calls of the page wait for the services, so neither waits
 * for the other; but the page gets its script first, for it has a process of its own to work with it meanwhile.
 */
export const openApp = async (launch: Launch, home: Home, log: Log): Promise<void> => {
  const { url: pageUrl, source } = pageSource()
  const development = source.kind === 'development'
  const state = openShellState(home.windowState)
  const files = [...launch.files]
  let window: BrowserWindow | null = null
  let running: Promise<Running> | null = null

  const openFiles = (paths: readonly string[]): void => {
    if (paths.length === 0) return
    if (running) void running.then((shell) => shell.openFiles(paths))
    else files.push(...paths)
  }
  const openWindow = (): BrowserWindow => {
    const opened = createWindow({ pageUrl, state, development })
    window = opened
    opened.on('closed', () => {
      window = null
    })
    if (running) void running.then((shell) => shell.watch(opened))
    return opened
  }
  const show = (): void => showWindow(window ?? openWindow())

  setupFaults(log, (id) => {
    if (running) void running.then((shell) => shell.tellFault(id)).catch(() => {})
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
  // Before Electron is ready, else it first makes a menu of its own.
  Menu.setApplicationMenu(null)
  await app.whenReady()

  secureSession(appSession(), source)
  const ready = (): Promise<Running> => running ?? Promise.reject(new Error('not started'))
  const scriptGiven = serveApp(appSession(), path.join(import.meta.dirname, '../renderer'))
  serveMedia(appSession(), async (kind, id) => (await ready()).services.mediaPath(kind, id))
  setupIpc({
    window: () => window,
    pageUrl,
    dispatch: async () => (await ready()).dispatch,
    onRefused: (channel, frameUrl) => log.warn('A call was refused', { channel, frameUrl }),
  })
  openWindow()

  running = Promise.race([scriptGiven.then(() => pause(handover)), pause(pageFirst)])
    .then(() => import('./running'))
    .then(({ startRunning }) =>
      startRunning({ home, log, state, development, window: () => window, show }),
    )
  const shell = await running
  if (window) shell.watch(window)
  shell.openFiles(files)
  powerMonitor.on('resume', () => shell.services.jobs.wake?.())
  app.on('activate', show)
  app.on('before-quit', () => shell.quit())
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  setupQuit(() => shell.close(), log)
}
