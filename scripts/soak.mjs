import { runForeground } from './setup/processes.mjs'
import { at, root } from './setup/project.mjs'
import { prepare } from './setup/ready.mjs'
import { command, say } from './setup/say.mjs'

/**
 * `npm run soak [-- kills [seed]]` kills the command line while it works for four strict services that answer badly
 * (default 200 times), and checks that nothing was lost, paid twice or left behind.
 */
const main = async () => {
  const executable = await prepare({ virtualDisplay: false })
  const [kills = '200', seed = String(Math.floor(Math.random() * 1_000_000_000))] =
    process.argv.slice(2)
  say(`${kills} kills, seed ${seed} (again: npm run soak -- ${kills} ${seed})`)
  const vitest = [at('node_modules', 'vitest', 'vitest.mjs'), 'run', '--testTimeout=3600000']
  return runForeground(executable, [...vitest, 'test/integration/soak.test.ts'], {
    cwd: root,
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', SOAK_KILLS: kills, SOAK_SEED: seed },
  })
}

await command(main)
