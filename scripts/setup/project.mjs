import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

/** Absolute path of the project's folder. */
export const root = resolve(import.meta.dirname, '../..')

/**
 * A path inside the project.
 *
 * @param {string[]} parts Relative to the project's folder.
 */
export const at = (...parts) => join(root, ...parts)

/**
 * The folder a person was in when they typed the command: npm itself moves to the project's folder.
 *
 * @param {NodeJS.ProcessEnv} environment
 * @param {string} here What to answer when not run by npm.
 */
export const callersFolder = (environment = process.env, here = process.cwd()) => {
  // Without npm_lifecycle_event, INIT_CWD is a leftover of some outer npm command.
  return (environment.npm_lifecycle_event && environment.INIT_CWD) || here
}

/** True where Electron must be told to do without its sandbox, and apt-get may be run. */
export const isRoot = () => process.getuid?.() === 0

/**
 * The per-person cache folder, created when missing; inside node_modules where the home is not writable.
 *
 * @param {NodeJS.ProcessEnv} environment
 */
export const cacheFolder = (environment = process.env) => {
  const preferred = join(environment.XDG_CACHE_HOME || join(homedir(), '.cache'), 'reshoot')
  try {
    mkdirSync(preferred, { recursive: true })
    return preferred
  } catch {
    const inside = at('node_modules', '.cache', 'reshoot')
    mkdirSync(inside, { recursive: true })
    return inside
  }
}

/**
 * A JSON file's value, or undefined when it is missing or unreadable.
 *
 * @param {string} file
 * @returns {unknown}
 */
export const readJson = (file) => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

/**
 * True when a program of this name can be found in PATH.
 *
 * @param {string} name
 */
export const hasProgram = (name) => {
  const folders = (process.env.PATH ?? '').split(process.platform === 'win32' ? ';' : ':')
  return folders.some((folder) => folder !== '' && existsSync(join(folder, name)))
}
