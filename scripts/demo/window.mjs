import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { _electron, chromium } from 'playwright-core'
import { readableNames, sandboxSwitches } from '../setup/chromium.mjs'
import { root, withoutPersonal } from '../setup/project.mjs'
import { SetupError } from '../setup/say.mjs'

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {{ page: Page, resize: (width: number, height: number) => Promise<void>, close: () => Promise<void> }} DemoWindow */

const LAUNCH_LIMIT = 60_000
/** Milliseconds that the app may take to close. The app gives its own work five seconds. */
const CLOSE_LIMIT = 8_000

const playwrightLoader = join(
  dirname(createRequire(import.meta.url).resolve('playwright-core/package.json')),
  'lib/server/electron/loader.js',
)

/**
 * Opens the built app's window on a home folder, in English.
 *
 * @param {string} executable Electron's.
 * @param {string} home Folder for all state.
 * @param {{ welcome?: boolean }} options Whether to stay on the first screen of a new home.
 * @returns {Promise<DemoWindow>}
 * @throws {SetupError} when it does not open within a minute
 */
export const openWindow = async (executable, home, { welcome = false } = {}) => {
  // When the start fails, Playwright leaves unhandled rejections, which would end the script.
  const unheard = () => undefined
  process.on('unhandledRejection', unheard)
  const app = await _electron
    .launch({
      executablePath: executable,
      // Playwright omits its loader when it is given an executable. Without the loader the app can be ready
      // before Playwright listens, and the launch hangs.
      args: ['-r', playwrightLoader, ...sandboxSwitches(executable), root, '--home', home],
      // `sandboxSwitches` decides about the sandbox.
      chromiumSandbox: true,
      env: { ...withoutPersonal(), LANGUAGE: 'en', ...readableNames() },
      timeout: LAUNCH_LIMIT,
    })
    .catch((error) => {
      throw new SetupError(`The app did not start: ${lastWords(error) ?? firstLine(error)}`)
    })
  process.off('unhandledRejection', unheard)
  // Playwright forgets the process when the app has ended.
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
    if (welcome) await page.getByTestId('welcome').waitFor({ timeout: LAUNCH_LIMIT })
    else await passWelcome(page)
    await page.evaluate(() => window.reshoot.settings.set({ language: 'en' }))
    return { page, resize, close }
  } catch (error) {
    await close()
    throw new SetupError(`The window did not open: ${firstLine(error)}`)
  }
}

/** Goes past the first screen, where the home is new. @param {Page} page */
export const passWelcome = async (page) => {
  const [first, rail] = [page.getByTestId('welcome'), page.getByTestId('nav-edit')]
  await first.or(rail).waitFor({ timeout: LAUNCH_LIMIT })
  if (await first.isVisible()) await first.locator('button').last().click()
  // From the moment that the rail is there, the window takes input.
  await rail.waitFor({ timeout: LAUNCH_LIMIT })
}

/**
 * The window of an app that runs already.
 *
 * @param {string} address Where it offers Chromium's DevTools.
 * @returns {Promise<{ page: Page, leave: () => Promise<void> }>}
 * @throws {SetupError} when there is no window
 */
export const joinWindow = async (address) => {
  const browser = await chromium.connectOverCDP(address)
  const page = browser.contexts()[0]?.pages()[0]
  if (!page) throw new SetupError('There is no window.')
  await passWelcome(page)
  return { page, leave: () => browser.close() }
}

/**
 * Drops files in the middle of the window, with their real paths.
 *
 * @param {Page} page
 * @param {readonly string[]} files Absolute paths.
 * @param {{ release?: boolean }} options Whether to release the mouse button.
 */
export const drop = async (page, files, { release = true } = {}) => {
  const cdp = await page.context().newCDPSession(page)
  const { x, y } = await page.evaluate(() => ({ x: innerWidth / 2, y: innerHeight / 2 }))
  const data = { items: [], files: [...files], dragOperationsMask: 1 }
  for (const type of /** @type {const} */ (['dragEnter', 'dragOver', 'drop']))
    if (release || type !== 'drop') await cdp.send('Input.dispatchDragEvent', { type, x, y, data })
  await cdp.detach()
}

/** Types the ends of the selection, in seconds. @param {Page} page @param {{ start: number, end: number }} part */
export const setSelection = async (page, { start, end }) => {
  for (const [name, time] of Object.entries({ In: start, Out: end })) {
    const field = page.getByRole('textbox', { name, exact: true })
    await field.fill(String(time))
    await field.press('Enter')
  }
}

/** Electron's fatal error in Playwright's log. @param {unknown} error */
const lastWords = (error) =>
  /:FATAL:[^\]\s]*\] (.+)/.exec(stripVTControlCharacters(String(error)))?.[1]

/** The first line of an error: Playwright adds a log of its calls. @param {unknown} error */
export const firstLine = (error) => {
  const [line = ''] = String(error instanceof Error ? error.message : error).split('\n')
  return line.includes('browser has been closed') ? 'the app has ended' : line
}

/**
 * The value of the app's answer; an error is thrown.
 *
 * @template T
 * @param {{ ok: true, value: T } | { ok: false, error: { code: string, message: string } }} answer
 * @returns {T}
 */
export const accepted = (answer) => {
  if (!answer.ok) throw new Error(`${answer.error.message} (${answer.error.code})`)
  return answer.value
}
