import { ensureBuild } from './build.mjs'
import { ensureDependencies } from './dependencies.mjs'
import { hasDisplay } from './display.mjs'
import { ensureElectron } from './electron.mjs'
import { ensureSystemLibraries } from './system-libraries.mjs'

/**
 * Everything the app needs before it can run from a fresh clone, except the build. Does no work that
 * was done before.
 *
 * @param {{ virtualDisplay?: boolean }} options Whether a display without a screen will be used.
 * @returns {Promise<string>} path of Electron's executable
 */
export const prepare = async ({ virtualDisplay = !hasDisplay() } = {}) => {
  await ensureDependencies()
  const executable = await ensureElectron()
  await ensureSystemLibraries({ executable, virtualDisplay })
  return executable
}

/**
 * `prepare` and a build that is up to date.
 *
 * @param {{ virtualDisplay?: boolean }} options
 */
export const prepareAndBuild = async (options = {}) => {
  const executable = await prepare(options)
  await ensureBuild()
  return executable
}
