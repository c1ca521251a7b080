import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { npm } from '../setup/dependencies.mjs'
import { run, tail } from '../setup/processes.mjs'
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
  const { program, args, shell } = npm('ci', '--legacy-peer-deps', '--no-audit', '--no-fund')
  const { code, output } = await run(program, args, {
    cwd: folder,
    seconds: INSTALL_SECONDS,
    shell,
  })
  if (code !== 0) throw new SetupError(`Stryker could not be installed:\n${tail(output)}`)
  writeStamp(stamp, wanted)
}

/** @param {string} room @param {string} report */
const configuration = (room, report) => ({
  mutate: [`${room}/**/*.ts`],
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: 'vitest.mutation.config.ts', related: false },
  coverageAnalysis: 'perTest',
  concurrency: 2,
  reporters: ['json'],
  jsonReporter: { fileName: report },
  tempDirName: at('.cache', 'mutants'),
  ignorePatterns: ['.cache', 'out', 'dist', 'coverage'],
  disableTypeChecks: false,
  allowConsoleColors: false,
})

/**
 * Mutates the sources of a room and runs its unit tests against each mutant.
 *
 * @param {string} executable Electron's
 * @param {string} room such as 'main/preflight'; its tests are in 'test/preflight'
 * @param {number} seconds the time limit
 * @returns {Promise<MutationReport>}
 * @throws {SetupError} if a test fails without mutants, or the time is over
 */
export const mutate = async (executable, room, seconds) => {
  const name = room.replaceAll('/', '-')
  const report = join(folder, `${name}-report.json`)
  const config = join(folder, `${name}.json`)
  writeFileSync(config, JSON.stringify(configuration(room, report), null, 2))
  removeStamp(report)
  const stryker = join(folder, 'node_modules', '@stryker-mutator', 'core', 'bin', 'stryker.js')
  const { output, timedOut } = await run(executable, [stryker, 'run', config], {
    cwd: root,
    seconds,
    env: {
      ...process.env,
      ELECTRON_RUN_AS_NODE: '1',
      MUTATION_TESTS: room.replace(/^[^/]+/, 'test'),
    },
  })
  if (timedOut) throw new SetupError(`${room}: stopped after ${seconds / 60} minutes.`)
  const found = /** @type {MutationReport | undefined} */ (readJson(report))
  if (!found) throw new SetupError(`${room} could not be mutated:\n${tail(output, 40)}`)
  return found
}
