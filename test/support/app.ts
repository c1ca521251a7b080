import type { ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import {
  _electron,
  type ConsoleMessage,
  type ElectronApplication,
  type Page,
} from 'playwright-core'
import type { ReshootApi } from '../../preload/contract'
import { sandboxSwitches } from '../../scripts/setup/chromium.mjs'
import { testPath } from './test-tools'

declare global {
  interface Window {
    readonly reshoot: ReshootApi
  }
}

export interface AppOptions {
  /** The home of an earlier run. Default: a new home, removed at the end. */
  home?: string
  /** Files on the command line. */
  files?: readonly string[]
  args?: readonly string[]
  env?: Record<string, string>
  /** Stays on the first screen of a new home. */
  firstStart?: boolean
  /** A module that is loaded before the app. */
  before?: string
}

/** The running app with its window. */
export interface App extends AsyncDisposable {
  electron: ElectronApplication
  page: Page
  home: string
  /** Errors of the page, including violations of its content policy. */
  complaints: string[]
  /** The app's log. */
  log: () => Promise<string>
  /** Drops files, with their real paths, on the window. Default place: the middle. */
  drop: (files: readonly string[], at?: { x: number; y: number }) => Promise<void>
  /** The app's exit code; null for a signal. */
  exit: Promise<number | null>
  /** Sends SIGKILL and waits for the end. */
  kill: () => Promise<void>
  /** Quits as the menu does, and waits for the end. */
  quit: () => Promise<void>
}

const playwrightLoader = path.join(
  path.dirname(createRequire(import.meta.url).resolve('playwright-core/package.json')),
  'lib/server/electron/loader.js',
)
const root = path.resolve(import.meta.dirname, '../..')

/** Electron's executable, from the variables that the scripts set. */
export const electronExecutable = (): string => {
  const name =
    { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }[
      process.platform as string
    ] ?? 'electron'
  const folder = process.env['ELECTRON_OVERRIDE_DIST_PATH']
  const candidates = [
    process.env['RESHOOT_ELECTRON'],
    process.env['ELECTRON_EXEC_PATH'],
    folder && path.join(folder, name),
    path.join(root, 'node_modules/electron/dist', name),
  ]
  const found = candidates.find((file) => file && existsSync(file))
  if (!found) throw new Error('No Electron: run the tests with `npm test`, which gets one')
  return found
}

/** Folder of the built app. RESHOOT_APP names another build. */
export const appFolder = (): string => process.env['RESHOOT_APP'] ?? root

/** Milliseconds after which a wait counts as a hang. */
const hang = 250_000

/** The app's environment: English, a fast Sandbox, none of the developer's keys and folders. */
export const appEnvironment = (extra: Record<string, string> = {}): Record<string, string> => {
  const inherited = Object.entries(process.env).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined &&
      !/^(RESHOOT_|DASHSCOPE_|EVOLINK_|APIYI_|AIVIDEOAPI_|ELECTRON_RUN_AS_NODE)/.test(entry[0]),
  )
  return {
    ...Object.fromEntries(inherited),
    LANG: 'en_US.UTF-8',
    LANGUAGE: 'en',
    // Every system has it, unlike en_US. Without a UTF-8 locale Chromium cannot open names beyond ASCII.
    LC_ALL: 'C.UTF-8',
    RESHOOT_CHECK_OUTPUTS: '1',
    RESHOOT_SANDBOX_SPEED: '5',
    PATH: testPath,
    ...extra,
  }
}

export const makeHome = (): Promise<string> => mkdtemp(path.join(tmpdir(), 'reshoot-home-'))

/** A home with settings, even without any, is not new: the app opens with its window, not with the first screen. */
const keepFromWelcome = async (home: string): Promise<void> => {
  await mkdir(home, { recursive: true })
  if (!existsSync(path.join(home, 'settings.json')))
    await writeFile(path.join(home, 'settings.json'), '{}')
}

/** Starts the built app. `await using` ends it and removes a new home. */
export const launchApp = async (options: AppOptions = {}): Promise<App> => {
  const home = options.home ?? (await makeHome())
  if (!options.firstStart) await keepFromWelcome(home)
  const executablePath = electronExecutable()
  const electron = await _electron.launch({
    executablePath,
    args: [
      // Playwright omits its loader when it is given an executable. Without the loader the app can be
      // ready before Playwright listens, and the launch hangs.
      ...['-r', playwrightLoader],
      ...(options.before ? ['-r', options.before] : []),
      ...sandboxSwitches(executablePath),
      appFolder(),
      '--home',
      home,
      ...(options.args ?? []),
      ...(options.files ?? []),
    ],
    // `sandboxSwitches` decides about the sandbox.
    chromiumSandbox: true,
    cwd: home,
    env: appEnvironment(options.env),
    timeout: hang,
  })
  // Playwright forgets the process when the app has ended.
  const child = electron.process()
  const page = await electron.firstWindow({ timeout: hang })
  page.setDefaultTimeout(hang)
  const complaints = listen(page)
  // From the moment that the rail is there, the window takes input.
  await page.getByTestId(options.firstStart ? 'welcome' : 'nav-edit').waitFor()
  await shown(electron)
  return {
    electron,
    page,
    home,
    complaints,
    log: () => readFile(path.join(home, 'logs/main.log'), 'utf8').catch(() => ''),
    drop: (files, at) => drop(page, files, at),
    exit: exitOf(child),
    kill: () => kill(child),
    quit: async () => {
      await electron.evaluate(({ app }) => app.quit()).catch(() => {})
      await exitOf(child)
    },
    [Symbol.asyncDispose]: async () => {
      await kill(child)
      if (!options.home) await rm(home, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

/** Waits until the window is shown, with its first frame. A window closed earlier would reappear. */
const shown = (electron: ElectronApplication): Promise<void> =>
  electron.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows()
    return new Promise<void>((resolve) => {
      if (!window || window.isVisible()) resolve()
      else window.once('show', () => resolve())
    })
  })

const listen = (page: Page): string[] => {
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message: ConsoleMessage) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  return complaints
}

const drop = async (
  page: Page,
  files: readonly string[],
  at?: { x: number; y: number },
): Promise<void> => {
  const middle = await page.evaluate(() => ({ x: innerWidth / 2, y: innerHeight / 2 }))
  const cdp = await page.context().newCDPSession(page)
  const data = { items: [], files: [...files], dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await cdp.send('Input.dispatchDragEvent', { type, ...(at ?? middle), data })
  await cdp.detach()
}

const kill = async (child: ChildProcess): Promise<void> => {
  child.kill('SIGKILL')
  await exitOf(child)
}

const exitOf = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve(child.exitCode)
    else child.once('exit', (code) => resolve(code))
  })
