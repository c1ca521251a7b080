import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { npm } from '../setup/dependencies.mjs'
import { startBackground, tail } from '../setup/processes.mjs'
import { at, readJson, root } from '../setup/project.mjs'
import { SetupError, say } from '../setup/say.mjs'
import { digest, hasStamp, removeStamp, writeStamp } from '../setup/stamps.mjs'

/** @typedef {import('./score.mjs').MutationReport} MutationReport */

/** Inside the project, so that Stryker finds the project's vitest. */
const folder = at('.cache', 'stryker')
const stamp = join(folder, 'stamp')
const manifests = ['package.json', 'package-lock.json']
const INSTALL_SECONDS = 10 * 60

/**
 * Installs Stryker at the versions that package-lock.json beside this file pins. It is no
 * devDependency because most work never needs its 170 packages (docs/decisions/mutation-testing.md).
 *
 * @throws {SetupError} if npm fails
 */
export const ensureStryker = async () => {
  const wanted = digest(
    manifests.map((name) => readFileSync(join(import.meta.dirname, name), 'utf8')),
  )
  if (hasStamp(stamp, wanted)) return
  say('Installing Stryker… (about a minute, once)')
  removeStamp(stamp)
  mkdirSync(folder, { recursive: true })
  for (const name of manifests) copyFileSync(join(import.meta.dirname, name), join(folder, name))
  const args = ['ci', '--legacy-peer-deps', '--no-audit', '--no-fund']
  const { code, output } = await npm(args, { cwd: folder, seconds: INSTALL_SECONDS })
  if (code !== 0) throw new SetupError(`Stryker could not be installed:\n${tail(output)}`)
  writeStamp(stamp, wanted)
}

/** Vite reads the arguments of its `import.meta.glob` as they are written, so no mutant may be in them. */
const unchanged = ['main/providers/adapters.ts']

/** @param {string} sources @param {string} name */
const configuration = (sources, name) => ({
  mutate: [
    sources.endsWith('.ts') ? sources : `${sources}/**/*.ts`,
    ...unchanged.map((file) => `!${file}`),
  ],
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: 'vitest.mutation.config.ts', related: false },
  coverageAnalysis: 'perTest',
  concurrency: 2,
  // A busy machine must not make a surviving mutant look like an endless loop. Milliseconds.
  timeoutMS: 20_000,
  // A second run tries only what changed since the first.
  incremental: true,
  incrementalFile: join(folder, `${name}-incremental.json`),
  reporters: ['json', 'progress-append-only'],
  jsonReporter: { fileName: join(folder, `${name}-report.json`) },
  logLevel: 'warn',
  tempDirName: at('.cache', 'mutants'),
  ignorePatterns: ['.cache', 'out', 'dist', 'coverage'],
  disableTypeChecks: false,
  allowConsoleColors: false,
})

/**
 * Runs Stryker with its progress on stderr. Gives its exit code; null after the time limit.
 *
 * @param {string} executable @param {string} config @param {string} tests @param {number} seconds
 * @returns {Promise<number | null>}
 */
const runStryker = (executable, config, tests, seconds) =>
  new Promise((resolve, reject) => {
    const stryker = join(folder, 'node_modules', '@stryker-mutator', 'core', 'bin', 'stryker.js')
    const { child, stop } = startBackground(executable, [stryker, 'run', config], {
      cwd: root,
      stdio: ['ignore', 2, 2],
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', MUTATION_TESTS: tests },
    })
    let timedOut = false
    const limit = setTimeout(() => {
      timedOut = true
      stop()
    }, seconds * 1000)
    child.once('error', reject)
    child.once('close', (code) => {
      clearTimeout(limit)
      resolve(timedOut ? null : (code ?? 1))
    })
  })

/**
 * Mutates sources and runs the unit tests of their room against each mutant.
 *
 * @param {string} executable Electron's
 * @param {string} sources a room such as 'main/jobs', or a folder or file in it; the tests are in 'test/jobs'
 * @param {number} seconds the time limit
 * @returns {Promise<MutationReport>}
 * @throws {SetupError} if a test fails without mutants, or the time is over
 */
export const mutate = async (executable, sources, seconds) => {
  const name = sources.replace(/[^\w-]+/g, '-')
  const config = join(folder, `${name}.json`)
  const settings = configuration(sources, name)
  writeFileSync(config, JSON.stringify(settings, null, 2))
  removeStamp(settings.jsonReporter.fileName)
  const [, room = ''] = sources.split('/')
  const code = await runStryker(executable, config, `test/${room}`, seconds)
  if (code === null) throw new SetupError(`${sources}: stopped after ${seconds / 60} minutes.`)
  const report = /** @type {MutationReport | undefined} */ (
    readJson(settings.jsonReporter.fileName)
  )
  if (!report) throw new SetupError(`${sources} could not be mutated (see above).`)
  return report
}
