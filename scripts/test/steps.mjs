import { join } from 'node:path'
import { ensureBuild } from '../setup/build.mjs'
import { run } from '../setup/processes.mjs'
import { at, readJson, root } from '../setup/project.mjs'
import { SetupError } from '../setup/say.mjs'
import { countReport } from './counts.mjs'
import { isVitestStep } from './selection.mjs'

/** @typedef {import('./counts.mjs').Counts} Counts */
/** @typedef {import('./selection.mjs').StepName} StepName */
/** @typedef {{ counts: Counts, output: string, tests: number }} StepResult */

/**
 * What the test steps run with. `prefix` is a command that is put before Electron.
 *
 * @typedef {{
 *   executable: string,
 *   prefix: string[],
 *   scratch: string,
 *   filters: string[],
 *   whole: boolean,
 *   environment: NodeJS.ProcessEnv,
 * }} StepContext
 */

/** Seconds after which a step counts as hanging. @type {Record<StepName, number>} */
const limits = {
  lint: 300,
  imports: 300,
  types: 300,
  build: 300,
  unit: 1800,
  integration: 2400,
  e2e: 3600,
}

/** @type {Record<'lint' | 'imports' | 'types', string[]>} */
const checks = {
  lint: [
    at('node_modules', '@biomejs', 'biome', 'bin', 'biome'),
    ...['check', '--error-on-warnings', '--max-diagnostics=200', '.'],
  ],
  imports: [
    at('node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs'),
    ...['--config', '.dependency-cruiser.cjs'],
    ...['main', 'preload', 'renderer', 'scripts', 'test'],
  ],
  types: [at('node_modules', 'typescript-7', 'bin', 'tsc'), '--noEmit'],
}

/**
 * The result of a step that counts as one check.
 *
 * @param {boolean} succeeded @param {string} output @returns {StepResult}
 */
export const oneCheck = (succeeded, output) => ({
  counts: { passed: succeeded ? 1 : 0, failed: succeeded ? 0 : 1, skipped: 0 },
  output,
  tests: 0,
})

/** @param {StepName} name @param {import('../setup/processes.mjs').Outcome} outcome */
const outputOf = (name, { output, timedOut }) =>
  timedOut ? `${output}\nStopped: it took more than ${limits[name]} s.` : output

const build = async () => {
  try {
    await ensureBuild()
    return oneCheck(true, '')
  } catch (error) {
    if (!(error instanceof SetupError)) throw error
    return oneCheck(false, error.message)
  }
}

/** @param {import('./selection.mjs').VitestStep} name @param {StepContext} context @returns {Promise<StepResult>} */
const vitest = async (name, { executable, prefix, scratch, filters, whole, environment }) => {
  const report = join(scratch, `${name}.json`)
  const [program, ...args] = [
    ...prefix,
    executable,
    at('node_modules', 'vitest', 'vitest.mjs'),
    'run',
    // The default loader writes a file beside the configuration, which another user may not do.
    ...['--configLoader', 'native'],
    ...['--project', name],
    ...['--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    // A filter may match in another project only. A whole run with an empty project is an error.
    ...(whole ? [] : ['--passWithNoTests']),
    ...filters,
  ]
  const outcome = await run(String(program), args, {
    cwd: root,
    seconds: limits[name],
    env: { ...environment, ELECTRON_RUN_AS_NODE: '1' },
  })
  const said = /** @type {import('./counts.mjs').Report | undefined} */ (readJson(report))
  const counts = countReport(said, outcome.code)
  return {
    counts,
    output: outputOf(name, outcome),
    tests: counts.passed + counts.failed + counts.skipped,
  }
}

/**
 * Runs one step to its end. A failure is a result, not an exception.
 *
 * @param {StepName} name
 * @param {StepContext} context
 * @returns {Promise<StepResult>}
 */
export const runStep = async (name, context) => {
  if (name === 'build') return build()
  if (isVitestStep(name)) return vitest(name, context)
  const outcome = await run(process.execPath, checks[name], { cwd: root, seconds: limits[name] })
  return oneCheck(outcome.code === 0, outputOf(name, outcome))
}
