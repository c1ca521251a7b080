import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { commandOf, homeOf } from './command-line.mjs'
import { sandboxSwitches } from './setup/chromium.mjs'
import { runForeground } from './setup/processes.mjs'
import { at, callersFolder, root } from './setup/project.mjs'
import { prepareAndBuild } from './setup/ready.mjs'
import { command } from './setup/say.mjs'

/** Commands that call a provider and so may need a stored key. */
const usesKeys = new Set(['edit', 'resume', 'cancel'])

/**
 * `npm run -s reshoot -- <command> …`. Most commands run in Electron's Node, which starts fastest. Commands
 * that need a stored key run in Electron's main process, the only one that can read the keychain.
 */
const main = async () => {
  const args = process.argv.slice(2)
  const executable = await prepareAndBuild({ virtualDisplay: false })
  const cwd = callersFolder()
  const home = homeOf(args, {
    environment: process.env,
    platform: process.platform,
    userHome: homedir(),
    cwd,
  })
  if (usesKeys.has(commandOf(args) ?? '') && existsSync(join(home, 'secrets.json'))) {
    const headless =
      process.platform === 'linux' ? ['--ozone-platform=headless', '--disable-gpu'] : []
    return runForeground(
      executable,
      [...headless, '--log-level=3', ...sandboxSwitches(executable), root, '--cli', ...args],
      { cwd, env: { ...process.env, ELECTRON_RUN_AS_NODE: undefined } },
    )
  }
  return runForeground(executable, [at('out', 'main', 'cli.js'), ...args], {
    cwd,
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  })
}

await command(main)
