import { runForeground } from './setup/processes.mjs'
import { at, root } from './setup/project.mjs'
import { prepare } from './setup/ready.mjs'
import { command, say } from './setup/say.mjs'

const tests = ['test/integration/hostile-files.test.ts', 'test/integration/fix-all.test.ts']

/**
 * `npm run fuzz [-- times [seed]]` runs the tests with damaged and random files on `times` as many files
 * as `npm test` (default 10), with a new seed each run. A failure names its seed.
 */
const main = async () => {
  const executable = await prepare({ virtualDisplay: false })
  const [times = '10', seed = String(Math.floor(Math.random() * 1_000_000_000))] =
    process.argv.slice(2)
  say(
    `${times} times as long as in npm test, seed ${seed} (again: npm run fuzz -- ${times} ${seed})`,
  )
  return runForeground(executable, [at('node_modules', 'vitest', 'vitest.mjs'), 'run', ...tests], {
    cwd: root,
    env: {
      ...process.env,
      ELECTRON_RUN_AS_NODE: '1',
      FUZZ_FACTOR: times,
      FUZZ_SEED: seed,
    },
  })
}

await command(main)
