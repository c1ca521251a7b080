import { app, type BrowserWindow, Menu, shell } from 'electron'
import type { Text } from '../../preload/contract'
import { say as sayText } from '../../preload/contract/language'
import type { Home } from '../home'
import type { Log } from '../log'
import { loadSharp } from '../media/images/image-decoder'
import { openServices, type Services } from '../services/services'
import { createBackground } from './background'
import { createDialogs } from './dialogs'
import { createDispatch } from './dispatch'
import { createSend, forwardEvents, type Send } from './events'
import { createHandlers } from './handlers'
import type { HandlerContext } from './handlers/context'
import { settingsView } from './handlers/settings'
import { createToolStates } from './handlers/tool-state'
import type { Dispatch } from './ipc'
import { docsUrl } from './links'
import { menuTemplate } from './menu'
import { createJobNotifier, notify } from './notifications'
import { createOperations } from './operations'
import { recoverFromCrashes } from './renderer-crash'
import { keychainBox } from './secrets'
import { openLink } from './security'
import type { ShellStateStore } from './shell-state'
import { applyTheme } from './window'

/** Milliseconds after which the window is there and its first picture should not have to wait. */
const warmUp = 3_000

export interface RunningOptions {
  home: Home
  log: Log
  state: ShellStateStore
  development: boolean
  window: () => BrowserWindow | null
  show: () => void
}

/** The app once its services are open. */
export interface Running {
  services: Services
  dispatch: Dispatch
  /** To be called with each window that opens. */
  watch: (window: BrowserWindow) => void
  openFiles: (paths: readonly string[]) => void
  /** Says that something unexpected happened, and under which id the log has it. */
  tellFault: (id: string) => void
  /** The person really quits: closing means closing from now on. */
  quit: () => void
  close: () => Promise<void>
}

/** Opens the services and everything of the shell that needs them. Loaded after the window, because it is heavy. */
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
  // The page waits for its first answers, nobody yet for the menu.
  setImmediate(refreshMenu)
  services.jobs.start()
  setTimeout(loadSharp, warmUp).unref()

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
    tellFault: (id) =>
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
    tellWithoutTray: (count) =>
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
  const tell = createJobNotifier(services.jobs.list(), {
    say: (text) => sayText(text, parts.language()),
    wanted: () => services.settings.get().notifications && !parts.window()?.isFocused(),
    open: (view, id) => {
      parts.show()
      parts.send('show', { view, id })
    },
  })
  services.jobs.onChange((job) => {
    tell(job)
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

/** Theme, language and the page follow Settings, whoever changed them. */
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
