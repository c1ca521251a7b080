import { forgetBuild } from './setup/build.mjs'
import { sandboxObstacle } from './setup/chromium.mjs'
import { useDisplay } from './setup/display.mjs'
import { runForeground } from './setup/processes.mjs'
import { at, root } from './setup/project.mjs'
import { prepare } from './setup/ready.mjs'
import { command, say } from './setup/say.mjs'

/** `npm run dev [-- electron-vite options]` starts the app with hot reload. */
const main = async () => {
  const executable = await prepare()
  // electron-vite writes a development build into out/, which `npm start` must not run.
  forgetBuild()
  if (await useDisplay()) say('There is no display here: the window opens on a virtual one (Xvfb).')
  const tool = at('node_modules', 'electron-vite', 'bin', 'electron-vite.js')
  const switches = sandboxObstacle(executable) ? ['--noSandbox'] : []
  const args = [tool, 'dev', '--watch', ...switches, ...process.argv.slice(2)]
  return runForeground(process.execPath, args, { cwd: root })
}

await command(main)
