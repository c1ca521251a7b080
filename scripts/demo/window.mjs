import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { _electron } from 'playwright-core'
import { readableNames } from '../setup/locale.mjs'
import { root } from '../setup/project.mjs'
import { sandboxSwitches } from '../setup/sandbox.mjs'
import { SetupError } from '../setup/say.mjs'

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {{ page: Page, resize: (width: number, height: number) => Promise<void>, close: () => Promise<void> }} DemoWindow */

const LAUNCH_LIMIT = 60_000
/** How long the app may take to close by itself, in milliseconds: it gives its own work five seconds. */
const CLOSE_LIMIT = 8_000

/** Keys, addresses and folders of a person's own: nothing here may be paid for or written there. */
const personal = /^(RESHOOT_|DASHSCOPE_|[A-Z]+_API_KEY$|AWS_|ELECTRON_R(UN_AS_NODE|ENDERER_URL)$)/

/** @returns {Record<string, string>} */
const environment = () => {
  const kept = Object.entries(process.env).flatMap(([name, value]) =>
    value === undefined || personal.test(name) ? [] : [[name, value]],
  )
  return { ...Object.fromEntries(kept), LANGUAGE: 'en', ...readableNames() }
}

const playwrightLoader = join(
  dirname(createRequire(import.meta.url).resolve('playwright-core/package.json')),
  'lib/server/electron/loader.js',
)

/**
 * Opens the built app's real window on a home folder, in English whatever the computer speaks.
 *
 * @param {string} executable Electron's.
 * @param {string} home Folder for all state.
 * @returns {Promise<DemoWindow>}
 * @throws {SetupError} when it does not open within a minute
 */
export const openWindow = async (executable, home) => {
  // When the start fails Playwright leaves promises behind that nobody asks: they would end the script.
  const unheard = () => undefined
  process.on('unhandledRejection', unheard)
  const app = await _electron
    .launch({
      executablePath: executable,
      // Playwright leaves its loader out when it is given an executable; without it the app can be ready
      // before Playwright listens, and the launch hangs.
      args: ['-r', playwrightLoader, ...sandboxSwitches(executable), root, '--home', home],
      // Our own switches say whether there is a sandbox.
      chromiumSandbox: true,
      env: environment(),
      timeout: LAUNCH_LIMIT,
    })
    .catch((error) => {
      throw new SetupError(`The app did not start: ${lastWords(error) ?? firstLine(error)}`)
    })
  process.off('unhandledRejection', unheard)
  // Asked for now: once the app has ended Playwright knows it no more.
  const child = app.process()
  const close = async () => {
    const killer = setTimeout(() => child.kill('SIGKILL'), CLOSE_LIMIT)
    await app.close().catch(() => undefined)
    clearTimeout(killer)
  }
  const resize = (/** @type {number} */ width, /** @type {number} */ height) =>
    app.evaluate(
      ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(...size),
      /** @type {[number, number]} */ ([width, height]),
    )
  try {
    const page = await app.firstWindow({ timeout: LAUNCH_LIMIT })
    // The rail is there: from now on the window hears what a person does.
    await page.getByTestId('nav-edit').waitFor({ timeout: LAUNCH_LIMIT })
    await page.evaluate(() => window.reshoot.settings.set({ language: 'en' }))
    return { page, resize, close }
  } catch (error) {
    await close()
    throw new SetupError(`The window did not open: ${firstLine(error)}`)
  }
}

/**
 * Drops files in the middle of the window the way a person does: with their real paths.
 *
 * @param {Page} page
 * @param {readonly string[]} files Absolute paths.
 * @param {{ release?: boolean }} options Whether to let go of them.
 */
export const drop = async (page, files, { release = true } = {}) => {
  const cdp = await page.context().newCDPSession(page)
  const { x, y } = await page.evaluate(() => ({ x: innerWidth / 2, y: innerHeight / 2 }))
  const data = { items: [], files: [...files], dragOperationsMask: 1 }
  for (const type of /** @type {const} */ (['dragEnter', 'dragOver', 'drop']))
    if (release || type !== 'drop') await cdp.send('Input.dispatchDragEvent', { type, x, y, data })
  await cdp.detach()
}

/** Why Electron gave up, where Playwright's log has it. @param {unknown} error */
const lastWords = (error) =>
  /:FATAL:[^\]\s]*\] (.+)/.exec(stripVTControlCharacters(String(error)))?.[1]

/**
 * What is wrong in one line: Playwright adds a log of its calls.
 *
 * @param {unknown} error
 */
export const firstLine = (error) => {
  const [line = ''] = String(error instanceof Error ? error.message : error).split('\n')
  return line.includes('browser has been closed') ? 'the app has ended' : line
}

/**
 * The value of an answer of the app.
 *
 * @template T
 * @param {{ ok: true, value: T } | { ok: false, error: { code: string, message: string } }} answer
 * @returns {T}
 */
export const accepted = (answer) => {
  if (!answer.ok) throw new Error(`${answer.error.message} (${answer.error.code})`)
  return answer.value
}
