import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

/** Absolute path of the project's folder. */
export const root = resolve(import.meta.dirname, '../..')

/** A path inside the project. @param {string[]} parts Relative to the project's folder. */
export const at = (...parts) => join(root, ...parts)

/**
 * The folder in which the command was typed. npm itself changes to the project's folder.
 *
 * @param {NodeJS.ProcessEnv} environment
 * @param {string} here The answer when npm does not run this.
 */
export const callersFolder = (environment = process.env, here = process.cwd()) => {
  // Without npm_lifecycle_event, INIT_CWD comes from an outer npm command.
  return (environment.npm_lifecycle_event && environment.INIT_CWD) || here
}

/**
 * Keys, addresses and folders of the person, by which a test or the demo could pay for an edit; and what changes how
 * tools behave. NODE_EXTRA_CA_CERTS: Node reads these certificates in a thread and aborts when the process ends
 * meanwhile.
 */
const personal =
  /^(RESHOOT_|AWS_|VITE|DASHSCOPE_|[A-Z\d_]+_API_KEY$|ELECTRON_R(UN_AS_NODE|ENDERER_URL)$|(NO|FORCE)_COLOR$|NODE_EXTRA_CA_CERTS$)/

/**
 * The environment without the person's own variables.
 *
 * @param {NodeJS.ProcessEnv} environment
 * @returns {Record<string, string>}
 */
export const withoutPersonal = (environment = process.env) =>
  Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) =>
      value === undefined || personal.test(name) ? [] : [[name, value]],
    ),
  )

/** Root cannot use Chromium's sandbox, and may run apt-get. */
export const isRoot = () => process.getuid?.() === 0

/**
 * The user's cache folder, made when missing; inside node_modules when the home is not writable.
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
 * A JSON file's value; undefined when the file is missing or unreadable.
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

/** True when PATH has a program of this name. @param {string} name */
export const hasProgram = (name) => {
  const folders = (process.env.PATH ?? '').split(process.platform === 'win32' ? ';' : ':')
  return folders.some((folder) => folder !== '' && existsSync(join(folder, name)))
}
