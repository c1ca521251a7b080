import { posix, win32 } from 'node:path'
import { parseArgs } from 'node:util'

/** @param {readonly string[]} args */
const parse = (args) =>
  parseArgs({ args: [...args], options: { home: { type: 'string' } }, strict: false })

/**
 * The command in `reshoot`'s arguments: the first argument that is neither an option nor its value.
 *
 * @param {readonly string[]} args
 */
export const commandOf = (args) => parse(args).positionals[0]

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
  const { home } = parse(args).values
  const chosen = typeof home === 'string' ? home : environment.RESHOOT_HOME
  if (chosen) return path.resolve(cwd, chosen)
  if (platform === 'win32')
    return path.join(environment.APPDATA || path.join(userHome, 'AppData', 'Roaming'), 'Reshoot')
  if (platform === 'darwin') return path.join(userHome, 'Library', 'Application Support', 'Reshoot')
  const configured = environment.XDG_CONFIG_HOME ?? ''
  // The XDG specification ignores relative paths.
  const config = path.isAbsolute(configured) ? configured : path.join(userHome, '.config')
  return path.join(config, 'Reshoot')
}
