import { mkdirSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron } from 'playwright-core'
import { steps } from './demo-steps.mjs'
import { root } from './setup/project.mjs'
import { sandboxObstacle } from './setup/sandbox.mjs'
import { SetupError } from './setup/say.mjs'

/** Each step's limit, in milliseconds; the Sandbox provider edits for a few seconds. */
const STEP_LIMIT = 90_000
const LAUNCH_LIMIT = 60_000

/** The folder for all state: a person's own when they named one, else a new one. */
function home() {
  const chosen = process.env.RESHOOT_HOME
  if (!chosen) return mkdtempSync(join(tmpdir(), 'reshoot-demo-'))
  mkdirSync(chosen, { recursive: true })
  return chosen
}

/**
 * Fails a step that hangs, so that the demo always ends.
 *
 * @template T
 * @param {Promise<T>} work
 * @returns {Promise<T>}
 */
function bounded(work) {
  /** @type {NodeJS.Timeout | undefined} */
  let timer
  const limit = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done after ${STEP_LIMIT / 1000} s`)), STEP_LIMIT)
  })
  return Promise.race([work, /** @type {Promise<never>} */ (limit)]).finally(() =>
    clearTimeout(timer),
  )
}

const print = (/** @type {string} */ line) => process.stdout.write(`${line}\n`)

/**
 * Starts the built app and takes it through its main job in the real window, printing each step with
 * its time, the library's entry and the path of a screenshot.
 *
 * @param {string} executable Electron's.
 * @returns {Promise<number>} exit code: 0 when every step was done, else 1
 */
export async function demo(executable) {
  const folder = home()
  const screenshot = join(folder, 'demo.png')
  const { ELECTRON_RUN_AS_NODE: _, ...environment } = process.env
  const started = performance.now()
  const app = await _electron
    .launch({
      executablePath: executable,
      args: [root, '--home', folder],
      // Playwright turns the sandbox off unless it is asked for.
      chromiumSandbox: sandboxObstacle(executable) === undefined,
      env: /** @type {Record<string, string>} */ ({ ...environment, RESHOOT_HOME: folder }),
      timeout: LAUNCH_LIMIT,
    })
    .catch((error) => {
      throw new SetupError(`The app did not start:\n${error.message}`)
    })
  try {
    const page = await app.firstWindow({ timeout: LAUNCH_LIMIT })
    page.setDefaultTimeout(STEP_LIMIT)
    for (const { title, perform } of steps) {
      const begun = performance.now()
      try {
        const detail = await bounded(perform(page))
        const seconds = ((performance.now() - begun) / 1000).toFixed(1).padStart(5)
        print(`✓ ${title.padEnd(34)}${seconds} s${detail ? `  ${detail}` : ''}`)
      } catch (error) {
        await page.screenshot({ path: screenshot }).catch(() => undefined)
        print(`✗ ${title}: ${error instanceof Error ? error.message : error}`)
        print(`Screenshot: ${screenshot}`)
        return 1
      }
    }
    await page.screenshot({ path: screenshot })
    print(`\nDone in ${((performance.now() - started) / 1000).toFixed(1)} s. State: ${folder}`)
    print(`Screenshot: ${screenshot}`)
    return 0
  } finally {
    const closed = app.close().catch(() => undefined)
    // The app may ask whether to stay in the tray; the demo is over either way.
    const killer = setTimeout(() => app.process().kill('SIGKILL'), 10_000)
    await closed
    clearTimeout(killer)
  }
}
