import path from 'node:path'
import { BrowserWindow, nativeTheme, screen } from 'electron'
import { welcomeHash } from '../../preload/contract/bounds'
import { resourcePath } from './resources'
import { fitBounds, type ShellStateStore } from './shell-state'

/** Background by theme, so that the first frame does not flash. The same as in the window's style sheet. */
const backgroundColor = () => (nativeTheme.shouldUseDarkColors ? '#161514' : '#faf9f7')

/** Opens the app's window, hidden until its first frame is ready. `development` enables the developer tools. */
export const createWindow = (
  pageUrl: string,
  state: ShellStateStore,
  development: boolean,
): BrowserWindow => {
  const { bounds, maximized, theme, welcome } = state.get()
  nativeTheme.themeSource = theme
  const areas = screen.getAllDisplays().map((display) => display.workArea)
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    ...(bounds ? fitBounds(bounds, areas) : null),
    minWidth: 960,
    minHeight: 600,
    show: false,
    title: 'Reshoot',
    backgroundColor: backgroundColor(),
    autoHideMenuBar: true,
    ...(process.platform === 'linux' ? { icon: resourcePath('icon/256.png') } : null),
    webPreferences: {
      preload: path.join(import.meta.dirname, '../preload/index.cjs'),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
      devTools: development,
      // Chromium would download dictionaries.
      spellcheck: false,
      safeDialogs: true,
      navigateOnDragDrop: false,
    },
  })
  if (maximized) window.maximize()
  window.once('ready-to-show', () => window.show())
  rememberBounds(window, state)
  // In the address, so that the page's first frame is the right one.
  void window.loadURL(welcome ? `${pageUrl}#${welcomeHash}` : pageUrl).catch(() => {
    // A quit may interrupt the load.
  })
  return window
}

/** Milliseconds after which a window that does not show counts as shown. */
const showLimit = 10_000

/** Waits for the first frame of a window; not for one that is closed before. */
export const shown = (window: BrowserWindow | null): Promise<void> =>
  new Promise((resolve) => {
    if (!window || window.isDestroyed() || window.isVisible()) return resolve()
    window.once('show', () => resolve())
    window.once('closed', () => resolve())
    setTimeout(resolve, showLimit).unref()
  })

/** Sets the theme of Electron and of the window's background. */
export const applyTheme = (
  window: BrowserWindow | null,
  theme: 'system' | 'light' | 'dark',
): void => {
  nativeTheme.themeSource = theme
  if (window && !window.isDestroyed()) window.setBackgroundColor(backgroundColor())
}

const rememberBounds = (window: BrowserWindow, state: ShellStateStore): void => {
  let timer: NodeJS.Timeout | undefined
  const save = () => {
    clearTimeout(timer)
    if (window.isDestroyed() || window.isMinimized() || window.isFullScreen()) return
    state.set({ bounds: window.getNormalBounds(), maximized: window.isMaximized() })
  }
  const soon = () => {
    clearTimeout(timer)
    timer = setTimeout(save, 500)
  }
  window.on('resize', soon)
  window.on('move', soon)
  window.on('close', save)
  window.on('closed', () => clearTimeout(timer))
}

/** Shows the window in front, also when it is minimised or hidden. */
export const showWindow = (window: BrowserWindow): void => {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}
