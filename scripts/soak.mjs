import { hasDisplay, startVirtualDisplay } from './setup/display.mjs'
import { runForeground } from './setup/processes.mjs'
import { at, hasProgram, root } from './setup/project.mjs'
import { prepareAndBuild } from './setup/ready.mjs'
import { command, say } from './setup/say.mjs'

/**
 * `npm run soak [-- kills [seed]]` kills the window and the command line while they work for four strict services
 * that answer badly (default 200 times), and checks that nothing was lost, paid twice or left behind.
 */
const main = async () => {
  // Used even where there is a display: nobody wants fifty windows on it.
  const virtualDisplay = !hasDisplay() || hasProgram('Xvfb')
  const executable = await prepareAndBuild({ virtualDisplay })
  const display = virtualDisplay ? await startVirtualDisplay() : undefined
  const [kills = '200', seed = String(Math.floor(Math.random() * 1_000_000_000))] =
    process.argv.slice(2)
  say(`${kills} kills, seed ${seed} (again: npm run soak -- ${kills} ${seed})`)
  const options = ['--testTimeout=7200000', '--disable-console-intercept=true']
  const vitest = [at('node_modules', 'vitest', 'vitest.mjs'), 'run', ...options]
  const variables = { ELECTRON_RUN_AS_NODE: '1', SOAK_KILLS: kills, SOAK_SEED: seed }
  return runForeground(executable, [...vitest, 'test/e2e/soak.test.ts'], {
    cwd: root,
    env: { ...process.env, ...display?.environment, ...variables },
  })
}

await command(main)
