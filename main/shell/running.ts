import { app, type BrowserWindow, Menu, shell } from 'electron'
import type { Text } from '../../preload/contract'
import { say as sayText } from '../../preload/contract/language'
import type { Home } from '../home'
import type { Log } from '../log'
import { sharpWhenNeeded } from '../media/images/sharp-when-needed'
import { openServices, type Services } from '../services/services'
import { createBackground } from './background'
import { createDialogs } from './dialogs'
import { createDispatch } from './dispatch'
import { createSend, forwardEvents, type Send } from './events'
import { recoverFromCrashes } from './faults'
import { createHandlers } from './handlers'
import type { HandlerContext } from './handlers/context'
import { createToolStates, settingsView } from './handlers/settings'
import type { Dispatch } from './ipc'
import { docsUrl } from './links'
import { menuTemplate } from './menu'
import { createJobNotifier, notify } from './notifications'
import { createOperations } from './operations'
import { keychainBox } from './secrets'
import { openLink } from './security'
import type { ShellStateStore } from './shell-state'
import { applyTheme } from './window'

/** Milliseconds after which sharp is loaded, so that the first image need not wait for it. */
const sharpDelay = 3_000

export interface RunningOptions {
  home: Home
  log: Log
  state: ShellStateStore
  development: boolean
  window: () => BrowserWindow | null
  show: () => void
}

/** The app after its services have opened. */
export interface Running {
  services: Services
  dispatch: Dispatch
  /** Call for each window that opens. */
  watch: (window: BrowserWindow) => void
  openFiles: (paths: readonly string[]) => void
  /** Shows that an unexpected error happened, with its id in the log. */
  showFault: (id: string) => void
  /** From now on closing the window ends the app. */
  quit: () => void
  close: () => Promise<void>
}

/** Opens the services and the parts of the shell that need them. Loaded after the window, because it is large. */
export const startRunning = async (options: RunningOptions): Promise<Running> => {
  const { home, log, window, show } = options
  const send = createSend(window)
  const services = await openServices({
    home,
    env: process.env,
    secretBox: keychainBox,
    locale: () => app.getPreferredSystemLanguages()[0] ?? app.getLocale(),
    trash: (file) => shell.trashItem(file),
    log,
  })
  services.onNotice((notice) => send('notice', notice))
  const language = () => services.settings.language()
  const say = (key: string, values: Text['values'] = {}) => sayText({ key, values }, language())
  const operations = createOperations((operationId, fraction) =>
    send('operation', { operationId, fraction }),
  )
  const dialogs = createDialogs(window, options.state, () => dialogWords(say))
  const context: HandlerContext = {
    services,
    home,
    app,
    window,
    dialogs,
    operations,
    language,
    toolState: createToolStates(services),
  }
  const openFiles = (paths: readonly string[]): void => {
    if (paths.length === 0) return
    void services.catalog
      .add(paths)
      .catch((error: unknown) => log.warn('Files not opened', { error }))
    send('show', { view: 'edit', id: null })
  }

  const background = setupBackground(services, say, { log, show })
  setupNotifications(services, { window, show, send, language, background })
  const refreshMenu = () =>
    setupMenu(context, { say, send, show, openFiles, development: options.development })
  followSettings(context, options.state, send, refreshMenu)
  // Later, because the page waits for its first answers.
  setImmediate(refreshMenu)
  services.jobs.start()
  setTimeout(sharpWhenNeeded, sharpDelay).unref()

  return {
    services,
    dispatch: createDispatch(createHandlers(context), {
      log,
      checkOutputs: options.development || process.env['RESHOOT_CHECK_OUTPUTS'] === '1',
    }),
    watch: (opened) => {
      background.watch(opened)
      recoverFromCrashes(opened, log, () => crashWords(say))
    },
    openFiles,
    showFault: (id) =>
      send('notice', { level: 'fail', text: { key: 'shell.error.unexpected', values: { id } } }),
    quit: background.quit,
    close: async () => {
      operations.cancelAll()
      await services.close()
    },
  }
}

type Say = (key: string, values?: Text['values']) => string

const setupBackground = (
  services: Services,
  say: Say,
  { log, show }: Pick<RunningOptions, 'log' | 'show'>,
) =>
  createBackground({
    active: () => services.jobs.active(),
    words: (count) => ({
      tooltip: count > 0 ? say('shell.tray.busy', { count }) : say('shell.tray.idle'),
      show: say('shell.tray.show'),
      jobs: say('shell.tray.jobs', { count }),
      quit: say('shell.tray.quit'),
    }),
    notifyWithoutTray: (count) =>
      notify(
        say('shell.notification.background'),
        say('shell.notification.background_body', { count }),
        show,
      ),
    show,
    quit: () => app.quit(),
    log,
  })

const setupNotifications = (
  services: Services,
  parts: {
    window: RunningOptions['window']
    show: () => void
    send: Send
    language: HandlerContext['language']
    background: ReturnType<typeof createBackground>
  },
): void => {
  const notifyEnd = createJobNotifier(services.jobs.list(), {
    say: (text) => sayText(text, parts.language()),
    isWanted: () => services.settings.get().notifications && !parts.window()?.isFocused(),
    open: (view, id) => {
      parts.show()
      parts.send('show', { view, id })
    },
  })
  services.jobs.onChange((job) => {
    notifyEnd(job)
    parts.background.update()
  })
}

const setupMenu = (
  { dialogs, home }: HandlerContext,
  parts: {
    say: Say
    send: Send
    show: () => void
    openFiles: (paths: readonly string[]) => void
    development: boolean
  },
): void => {
  const template = menuTemplate({
    mac: process.platform === 'darwin',
    development: parts.development,
    appName: app.name,
    say: parts.say,
    actions: {
      openFiles: () => void dialogs.openFiles('any').then(parts.openFiles),
      show: (view) => {
        parts.show()
        parts.send('show', { view, id: null })
      },
      openLogs: () => void shell.openPath(home.logs),
      openDocs: () => void openLink(docsUrl),
    },
  })
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
}

/** Applies settings to theme, menu and page whenever they change. */
const followSettings = (
  context: HandlerContext,
  state: ShellStateStore,
  send: Send,
  refreshMenu: () => void,
): void => {
  let language = context.language()
  const apply = () => {
    const { theme } = context.services.settings.get()
    if (state.get().theme !== theme) state.set({ theme })
    applyTheme(context.window(), theme)
    if (language !== context.language()) {
      language = context.language()
      refreshMenu()
    }
  }
  apply()
  forwardEvents(context.services, send, () => {
    apply()
    send('settingsChanged', settingsView(context))
  })
}

const crashWords = (say: Say) => ({
  title: say('shell.crash.title'),
  detail: say('shell.crash.detail'),
  reload: say('shell.crash.reload'),
  quit: say('shell.crash.quit'),
})

const dialogWords = (say: Say) => ({
  clips: say('shell.dialog.clips'),
  images: say('shell.dialog.images'),
  clipsAndImages: say('shell.dialog.clipsAndImages'),
  allFiles: say('shell.dialog.allFiles'),
  executable: say('shell.dialog.executable'),
})
