import { chmodSync, existsSync, readFileSync } from 'node:fs'
import { alone } from './lock.mjs'
import { run, tail } from './processes.mjs'
import { at, readJson, root } from './project.mjs'
import { SetupError, say } from './say.mjs'
import { digest, hasStamp, removeStamp, writeStamp } from './stamps.mjs'

const stampFile = at('node_modules', '.reshoot-stamp')
const INSTALL_SECONDS = 15 * 60

/**
 * @typedef {{ version?: string, integrity?: string, optional?: boolean, link?: boolean }} LockedPackage
 * @typedef {{ packages?: Record<string, LockedPackage> }} Lockfile
 */

/** A digest of everything that node_modules depends on. */
const wanted = () => {
  const manifest = /** @type {Record<string, unknown>} */ (readJson(at('package.json')) ?? {})
  const { dependencies, devDependencies, optionalDependencies, overrides } = manifest
  return digest(
    { dependencies, devDependencies, optionalDependencies, overrides },
    readFileSync(at('package-lock.json'), 'utf8'),
    process.versions.node.split('.')[0],
    process.platform,
    process.arch,
  )
}

/**
 * True when npm's record of node_modules matches the lockfile, for example after somebody ran `npm ci` or
 * `npm install <package>`.
 *
 * @param {Lockfile} locked package-lock.json
 * @param {Lockfile} installed node_modules/.package-lock.json
 */
export const agrees = (locked, installed) => {
  const asked = locked.packages ?? {}
  const there = installed.packages ?? {}
  const same = (/** @type {string} */ path) =>
    asked[path]?.version === there[path]?.version &&
    asked[path]?.integrity === there[path]?.integrity
  return (
    Object.keys(there).every((path) => path in asked && same(path)) &&
    Object.entries(asked).every(
      ([path, entry]) => path === '' || entry.optional || path in there,
    ) &&
    Object.keys(there).length > 0
  )
}

/** Makes the bundled tools executable: npm may have skipped the scripts that do so. */
const makeExecutable = () => {
  if (process.platform === 'win32') return
  const platform = `${process.platform}-${process.arch}`
  const files = [
    at('node_modules', '@ffmpeg-installer', platform, 'ffmpeg'),
    at('node_modules', 'ffprobe-static', 'bin', process.platform, process.arch, 'ffprobe'),
  ]
  for (const file of files) if (existsSync(file)) chmodSync(file, 0o755)
}

/**
 * Runs npm: the one that started this command, or the one in PATH.
 *
 * @param {string[]} args
 * @param {{ cwd: string, seconds: number }} options
 */
export const npm = (args, options) => {
  const script = process.env.npm_execpath
  return script?.endsWith('.js')
    ? run(process.execPath, [script, ...args], options)
    : run('npm', args, { ...options, shell: process.platform === 'win32' })
}

/** npm's error message, without its warnings and its manual. @param {string} output */
export const npmReason = (output) => {
  const errors = output
    .split('\n')
    .filter((line) => line.startsWith('npm error'))
    .map((line) => line.slice('npm error'.length).trim())
  const manual = errors.indexOf('Clean install a project')
  const reason = errors.slice(0, manual === -1 ? undefined : manual).filter((line) => line !== '')
  return reason.length > 0 ? reason.slice(0, 12).join('\n') : tail(output)
}

const install = async () => {
  say('Installing dependencies… (about a minute)')
  removeStamp(stampFile)
  const args = ['ci', '--no-audit', '--no-fund']
  const { code, output } = await npm(args, { cwd: root, seconds: INSTALL_SECONDS })
  if (code !== 0)
    throw new SetupError(`The dependencies could not be installed (npm ci):\n${npmReason(output)}`)
}

/**
 * Installs the packages of package-lock.json. Does nothing when they are installed.
 *
 * @throws {SetupError} when npm fails
 */
export const ensureDependencies = async () => {
  if (hasStamp(stampFile, wanted())) return
  await alone(async () => {
    const value = wanted()
    if (hasStamp(stampFile, value)) return
    const locked = /** @type {Lockfile} */ (readJson(at('package-lock.json')) ?? {})
    const there = /** @type {Lockfile} */ (readJson(at('node_modules', '.package-lock.json')) ?? {})
    if (!agrees(locked, there)) await install()
    makeExecutable()
    writeStamp(stampFile, value)
  })
}
