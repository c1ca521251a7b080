import { posix, win32 } from 'node:path'

/** Options before the command that are followed by a value. */
const withValue = new Set(['--home'])

/**
 * The command in `reshoot`'s arguments: the first argument that is neither an option nor its value.
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
 * Reshoot's home folder, by the app's own rules: `--home`, `RESHOOT_HOME`, or the platform's folder for
 * application data.
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
  // The XDG specification ignores relative paths.
  const config = path.isAbsolute(configured) ? configured : path.join(userHome, '.config')
  return path.join(config, 'Reshoot')
}
