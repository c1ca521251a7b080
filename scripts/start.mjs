import { readableNames, sandboxObstacle, sandboxSwitches } from './setup/chromium.mjs'
import { useDisplay } from './setup/display.mjs'
import { runForeground } from './setup/processes.mjs'
import { callersFolder, root } from './setup/project.mjs'
import { prepareAndBuild } from './setup/ready.mjs'
import { command, say } from './setup/say.mjs'

/** `npm start [-- files…]` opens the app. `npm start -- --demo` runs the demo and exits. */
const main = async () => {
  const args = process.argv.slice(2)
  const executable = await prepareAndBuild()
  const virtualDisplay = await useDisplay()
  if (virtualDisplay) say('There is no display here: running the demo on a virtual one (Xvfb).')
  if (virtualDisplay || args.includes('--demo')) {
    // Imported here because its packages may only just have been installed.
    const { demo } = await import('./demo.mjs')
    return demo(executable)
  }
  const obstacle = sandboxObstacle(executable)
  if (obstacle) say(`Chromium's sandbox is off: ${obstacle}.`)
  return runForeground(executable, [...sandboxSwitches(executable), root, ...args], {
    cwd: callersFolder(),
    env: { ...process.env, ...readableNames() },
  })
}

await command(main)
