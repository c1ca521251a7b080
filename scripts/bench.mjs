import { useDisplay } from './setup/display.mjs'
import { run, runForeground, tail } from './setup/processes.mjs'
import { at, root } from './setup/project.mjs'
import { prepareAndBuild } from './setup/ready.mjs'
import { command, SetupError } from './setup/say.mjs'

const BUNDLE_SECONDS = 120

/**
 * `npm run bench [-- names]` bundles test/bench/run.ts and runs it in Electron's Node. The bundle is in
 * out/bench, as deep as out/main, so relative paths stay valid.
 */
const main = async () => {
  const executable = await prepareAndBuild()
  const vite = at('node_modules', 'vite', 'bin', 'vite.js')
  const bundled = await run(
    process.execPath,
    [vite, 'build', '--config', at('test', 'bench', 'vite.config.ts')],
    { cwd: root, seconds: BUNDLE_SECONDS },
  )
  if (bundled.code !== 0)
    throw new SetupError(`The benchmark could not be bundled:\n${tail(bundled.output, 40)}`)
  await useDisplay()
  return runForeground(executable, [at('out', 'bench', 'run.js'), ...process.argv.slice(2)], {
    cwd: root,
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  })
}

await command(main)
