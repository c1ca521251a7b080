import { execFile } from 'node:child_process'
import path from 'node:path'
import { sandboxSwitches } from '../../scripts/setup/chromium.mjs'
import { appEnvironment, appFolder, electronExecutable } from './app'

export interface CommandRun {
  code: number
  stdout: string
  stderr: string
}

const run = (args: readonly string[], env: Record<string, string>): Promise<CommandRun> =>
  new Promise((resolve) => {
    const options = { env: appEnvironment(env), timeout: 200_000, maxBuffer: 1 << 24 }
    execFile(electronExecutable(), [...args], options, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1
      resolve({ code, stdout, stderr })
    })
  })

/** Runs a command of the built app in Electron's Node, as `npm run reshoot` does. */
export const reshoot = (home: string, args: readonly string[], env: Record<string, string> = {}) =>
  run([path.join(appFolder(), 'out/main/cli.js'), '--home', home, ...args], {
    ELECTRON_RUN_AS_NODE: '1',
    ...env,
  })

/** Electron's arguments for a start without a display. */
const headless = () => [
  ...(process.platform === 'linux' ? ['--ozone-platform=headless', '--disable-gpu'] : []),
  '--log-level=3',
  ...sandboxSwitches(electronExecutable()),
  appFolder(),
]

/** Runs a command in Electron's main process, which has the keychain, without a window. */
export const reshootInElectron = (
  home: string,
  args: readonly string[],
  env: Record<string, string> = {},
) => run([...headless(), '--cli', '--home', home, ...args], env)

/** Starts the app without a display, where it shows no window and no dialog, and waits for its end. */
export const startUnseen = (home: string) =>
  run([...headless(), '--home', home], { DISPLAY: '', WAYLAND_DISPLAY: '' })

/** Starts the app a second time and waits for the end of the second process. */
export const startAgain = (home: string, files: readonly string[]) =>
  run([...sandboxSwitches(electronExecutable()), appFolder(), '--home', home, ...files], {})
