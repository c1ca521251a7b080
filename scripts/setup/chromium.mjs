import { spawnSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { isRoot } from './project.mjs'

/** @param {string} file */
const kernelSetting = (file) => {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    return undefined
  }
}

/** @param {string} executable */
const hasSetuidHelper = (executable) => {
  const helper = statSync(join(dirname(executable), 'chrome-sandbox'), { throwIfNoEntry: false })
  return helper !== undefined && helper.uid === 0 && (helper.mode & 0o4000) !== 0
}

/** True when the kernel refuses to make a user namespace, as in most containers. */
const namespacesFail = () => {
  const { error, status } = spawnSync('unshare', ['--user', '--map-root-user', 'true'])
  return error === undefined && status !== 0
}

/**
 * Why Chromium's sandbox cannot be used here; undefined when it can. Electron exits at once without its
 * sandbox: as root, in most containers, and on systems that restrict user namespaces (Ubuntu 24.04 and newer).
 *
 * @param {string} executable Electron's.
 */
export const sandboxObstacle = (executable) => {
  if (process.platform !== 'linux') return undefined
  if (isRoot()) return 'running as root'
  if (hasSetuidHelper(executable)) return undefined
  const restricted =
    kernelSetting('/proc/sys/kernel/apparmor_restrict_unprivileged_userns') === '1' ||
    kernelSetting('/proc/sys/kernel/unprivileged_userns_clone') === '0' ||
    kernelSetting('/proc/sys/user/max_user_namespaces') === '0' ||
    namespacesFail()
  return restricted ? 'this system keeps user namespaces from it' : undefined
}

/** The switches that Electron needs on this machine, before the app's folder. @param {string} executable */
export const sandboxSwitches = (executable) =>
  sandboxObstacle(executable) === undefined ? [] : ['--no-sandbox']

/**
 * Variables that make Chromium open files of any name. Chromium decodes file names by the locale: without
 * a UTF-8 locale, files with other letters than ASCII cannot even be dropped.
 *
 * @param {NodeJS.ProcessEnv} environment
 * @returns {Record<string, string>}
 */
export const readableNames = (environment = process.env) => {
  if (process.platform !== 'linux') return {}
  const { stdout } = spawnSync('locale', ['charmap'], {
    env: environment,
    encoding: 'utf8',
    timeout: 5_000,
  })
  // Without the program `locale` the encoding is unknown, and the locale stays as it is.
  const encoding = stdout?.trim()
  return encoding === undefined || /^utf-?8$/i.test(encoding) ? {} : { LC_ALL: 'C.UTF-8' }
}
