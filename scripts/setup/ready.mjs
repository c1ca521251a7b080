import { ensureBuild } from './build.mjs'
import { ensureDependencies } from './dependencies.mjs'
import { hasDisplay } from './display.mjs'
import { ensureElectron } from './electron.mjs'
import { ensureSystemLibraries } from './system-libraries.mjs'

/**
 * Installs everything that the app needs to run from a fresh clone, except the build. Skips what is done.
 *
 * @param {{ virtualDisplay?: boolean }} options Whether a virtual display will be used.
 * @returns {Promise<string>} path of Electron's executable
 */
export const prepare = async ({ virtualDisplay = !hasDisplay() } = {}) => {
  await ensureDependencies()
  const executable = await ensureElectron()
  await ensureSystemLibraries({ executable, virtualDisplay })
  return executable
}

/** `prepare`, then an up-to-date build. @param {{ virtualDisplay?: boolean }} options */
export const prepareAndBuild = async (options = {}) => {
  const executable = await prepare(options)
  await ensureBuild()
  return executable
}
