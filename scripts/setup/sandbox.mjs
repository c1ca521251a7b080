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

/** Whether the kernel refuses a user namespace when asked for one, as in most containers. */
const namespacesFail = () => {
  const { error, status } = spawnSync('unshare', ['--user', '--map-root-user', 'true'])
  return error === undefined && status !== 0
}

/**
 * Why Chromium's sandbox cannot be used here, or undefined when it can. Electron ends at once where
 * it wants the sandbox and cannot have it: as root, in most containers, and on systems that keep user
 * namespaces from programs that were not installed by their package manager (Ubuntu 24.04 and newer).
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

/**
 * The switches Electron needs on this machine, to be put before the app's folder.
 *
 * @param {string} executable Electron's.
 */
export const sandboxSwitches = (executable) =>
  sandboxObstacle(executable) === undefined ? [] : ['--no-sandbox']
