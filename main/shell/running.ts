import { app, type BrowserWindow, Menu, shell } from 'electron'
import { needsAttention, type Text } from '../../preload/contract'
import { say as sayText } from '../../preload/contract/language'
import type { Home } from '../home'
import type { Log } from '../log'
import { createNetwork } from '../network/network'
import { createProxyOf } from '../network/proxies'
import { openServices } from '../services/services'
import { createToolStates } from '../services/tool-states'
import { takeEnvironment } from '../settings/take-environment'
import { noteStart, uncounted } from '../start/crash-loop'
import { createBackground } from './background'
import { createDialogs } from './dialogs'
import { afterFirstCall, createDispatch } from './dispatch'
import { createSend, forwardEvents } from './events'
import { recoverFromCrashes } from './faults'
import { createHandlers } from './handlers'
import type { HandlerContext } from './handlers/context'
import { settingsView } from './handlers/settings'
import { docsUrl } from './links'
import { menuTemplate, type View } from './menu'
import { createJobNotifier, notify } from './notifications'
import { createOperations } from './operations'
import { createQueue } from './queue'
import { keychainBox } from './secrets'
import { openLink } from './security'
import type { ShellStateStore } from './shell-state'
import { systemProxy } from './system-proxy'
import { createUpdates, releasesFor } from './updates'
import { utilityWorker } from './utility-worker'
import { applyTheme, shown } from './window'

/** Milliseconds after which an ffmpeg is looked for, so that the first file need not wait for it. */
const warmUpDelay = 3_000
/** Milliseconds after which a newer version is looked for. */
const updateDelay = 10_000

interface RunningOptions {
  home: Home
  log: Log
  state: ShellStateStore
  development: boolean
  window: () => BrowserWindow | null
  show: () => void
}

/** The app after its services have opened. */
export type Running = Awaited<ReturnType<typeof startRunning>>

/** Opens the services and the parts of the shell that need them. Loaded after the window, because it is large. */
export const startRunning = async (options: RunningOptions) => {
  const { home, log, state, development, window, show } = options
  const send = createSend(window)
  const showView = (view: View, id: string | null = null): void => {
    show()
    send('show', { view, id })
  }

  const env = takeEnvironment(process.env)
  const locale = () => app.getPreferredSystemLanguages()[0] ?? app.getLocale()
  const services = await openServices({
    home,
    env,
    secretBox: keychainBox,
    locale,
    trash: (file) => shell.trashItem(file),
    systemProxy,
    shown: shown(window()),
    startPictures: utilityWorker('pictures.js'),
    log,
  })
  const { catalog, jobs, settings } = services
  jobs.onFailure((text) => send('notice', { level: 'fail', text }))
  const say = (key: string, values: Text['values'] = {}): string =>
    sayText({ key, values }, settings.language())

  const operations = createOperations((operationId, fraction) =>
    send('operation', { operationId, fraction }),
  )
  const dialogs = createDialogs(window, state, say)
  const toolState = createToolStates(services)
  const updates = createUpdates({
    version: app.getVersion(),
    ...releasesFor(process.resourcesPath, process.env),
    folder: home.updates,
    network: createNetwork(createProxyOf(process.env, systemProxy)),
    log,
    quit: () => {
      // The new version starts before this one has ended, and would pass its files on to it.
      app.releaseSingleInstanceLock()
      app.quit()
    },
  })
  updates.onChange((state) => send('updatesChanged', state))
  // Hot reload ends the process without a quit.
  const start = development ? uncounted : noteStart(home.starts, Date.now())
  const queue = createQueue(jobs, start)
  if (queue.isPaused()) log.warn('The queue is paused, because the app ended by itself repeatedly')
  const report: HandlerContext['report'] = async (errorId) => {
    const { diagnosis } = await import('../services/diagnose')
    const secretBox = keychainBox
    return await diagnosis({ home, env, secretBox, locale, systemProxy, errorId })
  }
  const context: HandlerContext = {
    services,
    home,
    app,
    dialogs,
    operations,
    toolState,
    updates,
    report,
    queue,
    welcomed: () => state.set({ welcome: false }),
  }

  const openFiles = (paths: readonly string[]): void => {
    if (paths.length === 0) return
    void catalog.add(paths).catch((error: unknown) => log.warn('Files not opened', { error }))
    send('show', { view: 'edit', id: null })
  }

  const background = createBackground({
    active: () => (queue.isPaused() ? 0 : jobs.active()),
    held: () => jobs.list().filter(needsAttention).length,
    say,
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

  const notifyEnd = createJobNotifier(jobs.list(), {
    say: (text) => sayText(text, settings.language()),
    place: () => {
      if (window()?.isFocused()) return 'window'
      return settings.get().notifications ? 'desktop' : 'nowhere'
    },
    open: showView,
    tellWindow: (notice) => send('notice', notice),
  })
  jobs.onChange((job) => {
    notifyEnd(job)
    background.update()
  })

  const setMenu = (): void => {
    const template = menuTemplate({
      mac: process.platform === 'darwin',
      development,
      appName: app.name,
      say,
      actions: {
        openFiles: () => void dialogs.openFiles('any').then(openFiles),
        show: showView,
        report: () => {
          show()
          send('report', {})
        },
        openLogs: () => void shell.openPath(home.logs),
        openDocs: () => void openLink(docsUrl),
      },
    })
    Menu.setApplicationMenu(Menu.buildFromTemplate(template))
  }
  // Later, because the page waits for its first answers.
  setImmediate(setMenu)

  let language = settings.language()
  const applySettings = (): void => {
    const { theme } = settings.get()
    if (state.get().theme !== theme) state.set({ theme })
    applyTheme(window(), theme)
    if (language === settings.language()) return
    language = settings.language()
    setMenu()
  }
  applySettings()
  forwardEvents(services, send, () => {
    applySettings()
    send('settingsChanged', settingsView(context))
  })

  /** Looks once at each start, if the person wants that. A failure is not worth a message. */
  const announceUpdate = async (): Promise<void> => {
    if (!settings.get().lookForUpdates) return
    const state = await updates.look()
    if (state.kind !== 'found') return
    const text = { key: 'update.found', values: { version: state.version } }
    send('notice', { level: 'info', text })
  }

  queue.open()
  const warmUp = async (): Promise<void> => {
    log.info('The ffmpeg in use', { ...(await toolState('ffmpeg')) })
  }
  setTimeout(() => void warmUp(), warmUpDelay).unref()
  setTimeout(() => void announceUpdate(), updateDelay).unref()

  const dispatch = createDispatch(createHandlers(context), {
    log,
    checkOutputs: development || process.env['RESHOOT_CHECK_OUTPUTS'] === '1',
  })
  return {
    services,
    // What was found while the services opened waits for the page.
    dispatch: afterFirstCall(dispatch, () => services.onNotice((notice) => send('notice', notice))),
    /** Call for each window that opens. */
    watch: (opened: BrowserWindow): void => {
      background.watch(opened)
      recoverFromCrashes(opened, log, say)
      // Windows ends the process soon after, without a quit.
      opened.on('session-end', start.end)
    },
    openFiles,
    /** Shows that an unexpected error happened, with its id in the log. */
    showFault: (id: string): void =>
      send('notice', { level: 'fail', text: { key: 'shell.error.unexpected', values: { id } } }),
    /** From now on closing the window ends the app. */
    quit: background.quit,
    close: async (): Promise<void> => {
      start.end()
      operations.cancelAll()
      await services.close()
    },
  }
}
