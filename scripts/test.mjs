import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hasDisplay, startVirtualDisplay } from './setup/display.mjs'
import { atTheEnd } from './setup/processes.mjs'
import { hasProgram, withoutPersonal } from './setup/project.mjs'
import { prepare } from './setup/ready.mjs'
import { SetupError, say } from './setup/say.mjs'
import { none, sum, summary } from './test/counts.mjs'
import { findUser, lend } from './test/ordinary-user.mjs'
import { isVitestStep, select } from './test/selection.mjs'
import { oneCheck, runStep } from './test/steps.mjs'

/** @typedef {import('./test/counts.mjs').Counts} Counts */

const print = (/** @type {string} */ line) => process.stdout.write(`${line}\n`)

/**
 * The tests' environment. Temporary files go to the scratch folder, which is removed at the end, because
 * killed windows leave folders behind. Generated clips are kept for the next run.
 *
 * @param {string} scratch
 */
const testEnvironment = (scratch) => {
  const temporary = join(scratch, 'tmp')
  mkdirSync(temporary)
  const { RESHOOT_TEST_FFMPEG: ffmpeg } = process.env
  return {
    ...withoutPersonal(),
    ...(ffmpeg ? { RESHOOT_TEST_FFMPEG: ffmpeg } : {}),
    ...(process.stdout.isTTY ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' }),
    TMPDIR: temporary,
    RESHOOT_HOME: join(scratch, 'home'),
    RESHOOT_TEST_CACHE: tmpdir(),
  }
}

/** A folder that cannot be removed does not fail the run. @param {string} scratch */
const removeScratch = (scratch) => {
  try {
    // A window that was just killed may still be writing.
    rmSync(scratch, { recursive: true, force: true, maxRetries: 10 })
  } catch (error) {
    say(`${scratch} could not be removed: ${error instanceof Error ? error.message : error}`)
  }
}

/**
 * Prints one line for a step that passed, and the whole output of one that failed.
 *
 * @param {string} name
 * @param {import('./test/steps.mjs').StepResult} result
 * @param {number} seconds
 */
const report = (name, { counts, output }, seconds) => {
  const failed = counts.failed > 0
  if (failed) print(`\n── ${name} ──\n${output.trimEnd()}\n`)
  const total = counts.passed + counts.failed + counts.skipped
  const details = total > 1 ? `  ${summary(counts)}` : ''
  print(`${failed ? '✗' : '✓'} ${name.padEnd(12)}${seconds.toFixed(1).padStart(6)} s${details}`)
}

/**
 * @param {import('./test/selection.mjs').Selection} selection
 * @param {string} scratch
 * @returns {Promise<{ counts: Counts, tests: number }>}
 */
const runAll = async ({ steps, filters, whole }, scratch) => {
  const windows = steps.includes('e2e')
  // Used even where there is a display: the developer's mouse would take part in the test.
  const virtualDisplay = windows && (!hasDisplay() || hasProgram('Xvfb'))
  const executable = await prepare({ virtualDisplay })
  const environment = testEnvironment(scratch)
  const common = { executable, prefix: [], scratch, filters, whole, environment }
  const { RESHOOT_TEST_USER: user } = process.env
  const lent = user && windows ? lend(findUser(user), executable, scratch) : undefined
  const runEndToEnd = async (/** @type {boolean} */ built) => {
    if (!built) return oneCheck(false, 'Not run: there is no build to be tested.')
    const display = virtualDisplay ? await startVirtualDisplay() : undefined
    const variables = { ...environment, ...display?.environment, ...lent?.environment }
    const result = await runStep('e2e', { ...common, ...lent, environment: variables })
    display?.stop()
    return result
  }
  /** @type {Counts} */
  let counts = none
  let tests = 0
  let built = true
  for (const name of steps) {
    const started = performance.now()
    /** @type {import('./test/steps.mjs').StepResult} */
    const result = await (name === 'e2e' ? runEndToEnd(built) : runStep(name, common))
    if (name === 'build') built = result.counts.failed === 0
    tests += result.tests
    counts = sum([counts, result.counts])
    report(name, result, (performance.now() - started) / 1000)
  }
  return { counts, tests }
}

/**
 * `npm test` runs the set-up, then every check and test. `npm test -- unit`, `npm test -- test/preflight` or
 * `npm test -- lint types test/preflight` run a part. The last line on stdout is always `N passed, N failed, N skipped`.
 */
const main = async () => {
  const scratch = mkdtempSync(join(tmpdir(), 'reshoot-test-'))
  atTheEnd(() => removeScratch(scratch))
  const selection = select(process.argv.slice(2))
  let outcome = { counts: /** @type {Counts} */ ({ ...none, failed: 1 }), tests: 0 }
  try {
    outcome = await runAll(selection, scratch)
  } catch (error) {
    say(error instanceof SetupError ? error.message : String(error))
  }
  const empty = selection.steps.some(isVitestStep) && outcome.tests === 0
  if (empty) say('No test was run.')
  print(`\n${summary(outcome.counts)}`)
  process.exitCode = outcome.counts.failed > 0 || empty ? 1 : 0
}

await main()
