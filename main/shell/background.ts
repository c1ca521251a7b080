import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { type BrowserWindow, Menu, nativeImage, Tray } from 'electron'
import type { Text } from '../../preload/contract'
import type { Log } from '../log'
import { resourcePath } from './resources'
import { trayWords } from './tray-words'

interface BackgroundOptions {
  /** Number of unfinished jobs, with those that need attention. */
  active: () => number
  /** Number of jobs that need attention. */
  held: () => number
  say: (key: string, values?: Text['values']) => string
  /** Tells the person that work continues, on a desktop without a tray. */
  notifyWithoutTray: (active: number) => void
  show: () => void
  quit: () => void
  log: Pick<Log, 'info'>
}

/** Milliseconds the app stays after the last job, so that its notification can still be clicked. */
const lingering = 5 * 60_000

/** Whether closing the window ends the app, or only hides the window while jobs run. */
export const closeMeaning = (state: {
  quitting: boolean
  active: number
}): 'close' | 'keep-working' => (!state.quitting && state.active > 0 ? 'keep-working' : 'close')

/** Keeps jobs running while the window is closed: with a tray icon, or a notification where there is no tray. */
export const createBackground = (options: BackgroundOptions) => {
  let quitting = false
  let hidden = false
  let tray: ReturnType<typeof createTray> | null = null
  let quitTimer: NodeJS.Timeout | undefined

  const leaveTray = (): void => {
    clearTimeout(quitTimer)
    tray?.remove()
    tray = null
  }
  const update = (): void => {
    if (!hidden) return
    const active = options.active()
    tray?.update()
    clearTimeout(quitTimer)
    if (active === 0) quitTimer = setTimeout(options.quit, lingering)
  }
  const hide = async (window: BrowserWindow): Promise<void> => {
    hidden = true
    window.hide()
    options.log.info('The window was closed, jobs continue', { jobs: options.active() })
    const visible = await hasTray()
    if (!hidden || tray) return
    if (visible) tray = createTray(options)
    else options.notifyWithoutTray(options.active())
    update()
  }
  return {
    /** Call for each window that opens. */
    watch: (window: BrowserWindow): void => {
      window.on('close', (event) => {
        if (closeMeaning({ quitting, active: options.active() }) === 'close') return
        event.preventDefault()
        void hide(window)
      })
      window.on('show', () => {
        hidden = false
        leaveTray()
      })
    },
    /** Call when the number of unfinished jobs may have changed. */
    update,
    /** From now on closing the window ends the app. */
    quit: (): void => {
      quitting = true
      leaveTray()
    },
  }
}

/**
 * Whether this desktop shows tray icons. Windows and macOS do; on Linux an icon is visible only when
 * a program owns the name of the StatusNotifier specification.
 */
const hasTray = async (): Promise<boolean> => {
  if (process.platform !== 'linux') return true
  if (!process.env['DBUS_SESSION_BUS_ADDRESS'] && !process.env['XDG_RUNTIME_DIR']) return false
  const question = [
    '--session',
    '--print-reply',
    '--dest=org.freedesktop.DBus',
    '/org/freedesktop/DBus',
    'org.freedesktop.DBus.NameHasOwner',
    'string:org.kde.StatusNotifierWatcher',
  ]
  // An error means no bus or no dbus-send: no tray.
  return promisify(execFile)('dbus-send', question, { timeout: 1000 }).then(
    ({ stdout }) => stdout.includes('boolean true'),
    () => false,
  )
}

const createTray = (options: BackgroundOptions) => {
  const { say, show, quit } = options
  // "Template" in the name makes macOS colour the icon like the menu bar.
  const name = process.platform === 'darwin' ? 'tray/trayTemplate.png' : 'tray/tray.png'
  const tray = new Tray(nativeImage.createFromPath(resourcePath(name)))
  tray.on('click', show)
  return {
    update: (): void => {
      const { toolTip, lines } = trayWords(options.active(), options.held(), say)
      tray.setToolTip(toolTip)
      tray.setContextMenu(
        Menu.buildFromTemplate([
          { label: say('shell.tray.show'), click: show },
          { type: 'separator' },
          ...lines.map((label) => ({ label, enabled: false })),
          { type: 'separator' },
          { label: say('shell.tray.quit'), click: quit },
        ]),
      )
    },
    remove: () => tray.destroy(),
  }
}
