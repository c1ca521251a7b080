import { join } from 'node:path'
import { ensureBuild } from '../setup/build.mjs'
import { run } from '../setup/processes.mjs'
import { at, readJson, root } from '../setup/project.mjs'
import { SetupError } from '../setup/say.mjs'
import { countReport, secondTries } from './counts.mjs'

/** @typedef {import('./counts.mjs').Counts} Counts */
/** @typedef {import('./counts.mjs').Report} Report */
/** @typedef {import('./selection.mjs').StepName} StepName */
/** @typedef {{ counts: Counts, output: string, tests: number, secondTries: string[] }} StepResult */

/** How long each step may take, in seconds. @type {Record<StepName, number>} */
const limits = {
  lint: 120,
  imports: 120,
  types: 180,
  build: 300,
  unit: 420,
  integration: 900,
  e2e: 1200,
}

const biomeOptions = ['check', '--error-on-warnings', '--max-diagnostics=200', '.']

/** @type {Record<'lint' | 'imports' | 'types', string[]>} */
const checks = {
  lint: [at('node_modules', '@biomejs', 'biome', 'bin', 'biome'), ...biomeOptions],
  imports: [
    at('node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs'),
    ...['--config', '.dependency-cruiser.cjs'],
    ...['main', 'preload', 'renderer', 'scripts', 'test'],
  ],
  types: [at('node_modules', 'typescript-7', 'bin', 'tsc'), '--noEmit'],
}

/** @param {boolean} succeeded @param {string} output @returns {StepResult} */
const one = (succeeded, output) => ({
  counts: { passed: succeeded ? 1 : 0, failed: succeeded ? 0 : 1, skipped: 0 },
  output,
  tests: 0,
  secondTries: [],
})

/** @param {string} output @param {boolean} timedOut @param {number} seconds */
const withLimit = (output, timedOut, seconds) =>
  timedOut ? `${output}\nStopped: it took more than ${seconds} s.` : output

/** @param {'lint' | 'imports' | 'types'} name */
const check = async (name) => {
  const { code, output, timedOut } = await run(process.execPath, checks[name], {
    cwd: root,
    seconds: limits[name],
  })
  return one(code === 0, withLimit(output, timedOut, limits[name]))
}

const build = async () => {
  try {
    await ensureBuild()
    return one(true, '')
  } catch (error) {
    if (!(error instanceof SetupError)) throw error
    return one(false, error.message)
  }
}

/**
 * @param {'unit' | 'integration' | 'e2e'} project
 * @param {{
 *   executable: string,
 *   prefix: string[],
 *   scratch: string,
 *   filters: string[],
 *   whole: boolean,
 *   environment: NodeJS.ProcessEnv,
 * }} context `prefix` is a program and its arguments to be put before Electron.
 * @returns {Promise<StepResult>}
 */
const vitest = async (project, { executable, prefix, scratch, filters, whole, environment }) => {
  const report = join(scratch, `${project}.json`)
  const args = [
    at('node_modules', 'vitest', 'vitest.mjs'),
    'run',
    // Without a temporary file beside the configuration, where this user may not be allowed to write.
    ...['--configLoader', 'native'],
    ...['--project', project],
    ...['--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    // A filter may concern another project only; the whole must not be empty anywhere.
    ...(whole ? [] : ['--passWithNoTests']),
    ...filters,
  ]
  const [program, ...rest] = [...prefix, executable, ...args]
  const { code, output, timedOut } = await run(String(program), rest, {
    cwd: root,
    seconds: limits[project],
    env: { ...environment, ELECTRON_RUN_AS_NODE: '1' },
  })
  const said = /** @type {Report | undefined} */ (readJson(report))
  const counts = countReport(said, code)
  return {
    counts,
    output: withLimit(output, timedOut, limits[project]),
    tests: counts.passed + counts.failed + counts.skipped,
    secondTries: secondTries(said),
  }
}

/**
 * Runs one step to its end; a failure is a result, not an exception.
 *
 * @param {StepName} name
 * @param {Parameters<typeof vitest>[1]} context
 * @returns {Promise<StepResult>}
 */
export const runStep = (name, context) => {
  if (name === 'build') return build()
  if (name === 'lint' || name === 'imports' || name === 'types') return check(name)
  return vitest(name, context)
}
