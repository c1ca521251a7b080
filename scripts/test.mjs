import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hasDisplay, startVirtualDisplay } from './setup/display.mjs'
import { atTheEnd } from './setup/processes.mjs'
import { hasProgram } from './setup/project.mjs'
import { prepare } from './setup/ready.mjs'
import { SetupError, say } from './setup/say.mjs'
import { none, sum, summary } from './test/counts.mjs'
import { findUser, lend } from './test/ordinary-user.mjs'
import { select } from './test/selection.mjs'
import { runStep } from './test/steps.mjs'

/** @typedef {import('./test/counts.mjs').Counts} Counts */

const print = (/** @type {string} */ line) => process.stdout.write(`${line}\n`)

/** Variables of a person's own that must not reach the tests: above all, no test may pay for an edit. */
const personal =
  /^(RESHOOT_|DASHSCOPE_|EVOLINK_|APIYI_|AIVIDEOAPI_|AWS_|ELECTRON_RENDERER_URL|VITE|NO_COLOR|FORCE_COLOR)/

/**
 * Windows that are killed leave folders behind, so temporary files go where all is removed at the end;
 * generated clips stay for the next run.
 *
 * @param {string} scratch
 */
const testEnvironment = (scratch) => {
  const kept = Object.entries(process.env).filter(([name]) => !personal.test(name))
  const color = process.stdout.isTTY ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' }
  const temporary = join(scratch, 'tmp')
  mkdirSync(temporary)
  return {
    ...Object.fromEntries(kept),
    ...color,
    TMPDIR: temporary,
    RESHOOT_HOME: join(scratch, 'home'),
    RESHOOT_TEST_CACHE: tmpdir(),
  }
}

/** A folder that stays behind is no failure of the tests. @param {string} scratch */
const removeScratch = (scratch) => {
  try {
    // A window that was killed a moment ago may still be writing.
    rmSync(scratch, { recursive: true, force: true, maxRetries: 10 })
  } catch (error) {
    say(`${scratch} could not be removed: ${error instanceof Error ? error.message : error}`)
  }
}

/**
 * One line for a step that passed, everything it said for one that did not.
 *
 * @param {string} name
 * @param {import('./test/steps.mjs').StepResult} result
 * @param {number} seconds
 */
const report = (name, { counts, output, secondTries }, seconds) => {
  const failed = counts.failed > 0
  if (failed) print(`\n── ${name} ──\n${output.trimEnd()}\n`)
  for (const line of secondTries) print(`  only at a second try: ${line}`)
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
  const virtualDisplay = windows && (!hasDisplay() || hasProgram('Xvfb'))
  const executable = await prepare({ virtualDisplay })
  const environment = testEnvironment(scratch)
  const { RESHOOT_TEST_USER: user } = process.env
  const lent = user && windows ? lend(findUser(user), executable, scratch) : undefined
  /** @type {Counts[]} */
  const all = []
  let tests = 0
  let built = true
  for (const name of steps) {
    const started = performance.now()
    // Even where there is a display: a person's hands on the mouse would be part of the test.
    const display =
      name === 'e2e' && virtualDisplay && built ? await startVirtualDisplay() : undefined
    const context = {
      executable,
      prefix: [],
      scratch,
      filters,
      whole,
      environment: { ...environment, ...display?.environment },
    }
    if (name === 'e2e' && lent) {
      const lentEnvironment = { ...context.environment, ...lent.environment }
      Object.assign(context, lent, { environment: lentEnvironment })
    }
    /** @type {import('./test/steps.mjs').StepResult} */
    const result =
      name === 'e2e' && !built
        ? {
            counts: { ...none, failed: 1 },
            output: 'Not run: there is no build to be tested.',
            tests: 0,
            secondTries: [],
          }
        : await runStep(name, context)
    display?.stop()
    if (name === 'build') built = result.counts.failed === 0
    tests += result.tests
    all.push(result.counts)
    report(name, result, (performance.now() - started) / 1000)
  }
  return { counts: sum(all), tests }
}

/**
 * `npm test`: set-up, then every check and test; `npm test -- unit`, `npm test -- test/preflight` and
 * the like for a part. The last line on stdout is always `N passed, N failed, N skipped`.
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
  const wantsTests = selection.steps.some((name) => ['unit', 'integration', 'e2e'].includes(name))
  if (wantsTests && outcome.tests === 0) say('No test was run.')
  print(`\n${summary(outcome.counts)}`)
  process.exitCode = outcome.counts.failed > 0 || (wantsTests && outcome.tests === 0) ? 1 : 0
}

await main()
