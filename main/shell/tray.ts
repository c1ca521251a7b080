import { execFile } from 'node:child_process'
import { Menu, nativeImage, Tray } from 'electron'
import { resourcePath } from './resources'

export interface TrayWords {
  tooltip: string
  show: string
  jobs: string
  quit: string
}

export interface BackgroundTray {
  /** Says the words anew. */
  update: (words: TrayWords) => void
  remove: () => void
}

/**
 * Whether this desktop shows tray icons. Windows and macOS do; on Linux somebody must own the name of the
 * StatusNotifier specification, else an icon would be made and never be seen.
 */
export const hasTray = async (): Promise<boolean> => {
  if (process.platform !== 'linux') return true
  if (!process.env['DBUS_SESSION_BUS_ADDRESS'] && !process.env['XDG_RUNTIME_DIR']) return false
  return askBus('org.kde.StatusNotifierWatcher')
}

const askBus = (name: string): Promise<boolean> =>
  new Promise((resolve) => {
    const question = [
      '--session',
      '--print-reply',
      '--dest=org.freedesktop.DBus',
      '/org/freedesktop/DBus',
      'org.freedesktop.DBus.NameHasOwner',
      `string:${name}`,
    ]
    // No bus, or no such program: no tray.
    execFile('dbus-send', question, { timeout: 1000 }, (error, output) =>
      resolve(error === null && output.includes('boolean true')),
    )
  })

/** Puts the app into the tray. */
export const createTray = (
  words: TrayWords,
  act: { show: () => void; quit: () => void },
): BackgroundTray => {
  const tray = new Tray(trayImage())
  const update = (next: TrayWords): void => {
    tray.setToolTip(next.tooltip)
    tray.setContextMenu(
      Menu.buildFromTemplate([
        { label: next.show, click: act.show },
        { type: 'separator' },
        { label: next.jobs, enabled: false },
        { type: 'separator' },
        { label: next.quit, click: act.quit },
      ]),
    )
  }
  update(words)
  tray.on('click', act.show)
  return { update, remove: () => tray.destroy() }
}

const trayImage = () => {
  // "Template" in the name makes macOS colour it by the menu bar.
  const name = process.platform === 'darwin' ? 'tray/trayTemplate.png' : 'tray/tray.png'
  return nativeImage.createFromPath(resourcePath(name))
}
