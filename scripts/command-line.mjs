import { posix, win32 } from 'node:path'

/** Options before the command that take a value of their own. */
const withValue = new Set(['--home'])

/**
 * The command in `reshoot`'s arguments: the first that is no option and no option's value.
 *
 * @param {readonly string[]} args
 * @returns {string | undefined}
 */
export const commandOf = (args) => {
  for (let index = 0; index < args.length; index++) {
    const argument = String(args[index])
    if (withValue.has(argument)) index++
    else if (!argument.startsWith('-')) return argument
  }
  return undefined
}

/**
 * The folder with Reshoot's state, by the same rules as the app: `--home`, `RESHOOT_HOME`, else the
 * platform's place for application data.
 *
 * @param {readonly string[]} args
 * @param {{ environment: NodeJS.ProcessEnv, platform: string, userHome: string, cwd: string }} where
 * @returns {string} an absolute path
 */
export const homeOf = (args, { environment, platform, userHome, cwd }) => {
  const path = platform === 'win32' ? win32 : posix
  const last = args.indexOf('--') === -1 ? args.length : args.indexOf('--')
  const options = args.slice(0, last)
  const at = options.lastIndexOf('--home')
  const joined = options.findLast((argument) => argument.startsWith('--home='))
  const chosen =
    joined?.slice('--home='.length) ??
    (at === -1 ? undefined : options[at + 1]) ??
    environment.RESHOOT_HOME
  if (chosen) return path.resolve(cwd, chosen)
  if (platform === 'win32')
    return path.join(environment.APPDATA || path.join(userHome, 'AppData', 'Roaming'), 'Reshoot')
  if (platform === 'darwin') return path.join(userHome, 'Library', 'Application Support', 'Reshoot')
  const configured = environment.XDG_CONFIG_HOME ?? ''
  // The specification has relative paths ignored.
  const config = path.isAbsolute(configured) ? configured : path.join(userHome, '.config')
  return path.join(config, 'Reshoot')
}
