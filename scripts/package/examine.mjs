import { createHash } from 'node:crypto'
import { closeSync, openSync, readFileSync, readSync } from 'node:fs'
import { basename, join } from 'node:path'
import { shippedFolders } from '../build/notices.mjs'
import { at } from '../setup/project.mjs'
import { SetupError } from '../setup/say.mjs'
import { contentOf } from './sums.mjs'

/** @typedef {import('./target.mjs').Target} Target */
/** @typedef {{ platform: Target['platform'], arch: Target['arch'] | 'universal' | 'other' }} Kind */

const elf = /** @type {Record<number, Kind['arch']>} */ ({ 62: 'x64', 183: 'arm64' })
const pe = /** @type {Record<number, Kind['arch']>} */ ({ 34404: 'x64', 43620: 'arm64' })
const mach = /** @type {Record<number, Kind['arch']>} */ ({
  16777223: 'x64',
  16777228: 'arm64',
})

/**
 * For which platform a file is a program or library, from its first kilobyte; undefined when it is none.
 *
 * @param {Buffer} start
 * @returns {Kind | undefined}
 */
export const kindOf = (start) => {
  if (start.length < 64) return undefined
  const magic = start.readUInt32BE(0)
  if (magic === 0x7f454c46)
    return { platform: 'linux', arch: elf[start.readUInt16LE(18)] ?? 'other' }
  if (magic === 0xcffaedfe)
    return { platform: 'darwin', arch: mach[start.readUInt32LE(4)] ?? 'other' }
  if (magic === 0xcafebabe && start.readUInt32BE(4) < 20)
    return { platform: 'darwin', arch: 'universal' }
  if (start.readUInt16BE(0) !== 0x4d5a) return undefined
  const header = start.readUInt32LE(60)
  if (header + 6 > start.length || start.readUInt32BE(header) !== 0x50450000) return undefined
  return { platform: 'win32', arch: pe[start.readUInt16LE(header + 4)] ?? 'other' }
}

/** @param {string} file */
const startOf = (file) => {
  const start = Buffer.alloc(1024)
  const descriptor = openSync(file, 'r')
  try {
    return start.subarray(0, readSync(descriptor, start, 0, start.length, 0))
  } finally {
    closeSync(descriptor)
  }
}

/**
 * The programs and libraries in a folder that cannot run on the target.
 *
 * @param {string} folder
 * @param {Pick<Target, 'platform' | 'arch'>} target
 */
export const foreignPrograms = (folder, { platform, arch }) =>
  contentOf(folder)
    .filter(({ found }) => found.isFile())
    .map(({ path }) => join(folder, path))
    .filter((file) => {
      const kind = kindOf(startOf(file))
      // macOS translates programs for Intel; the ffprobe that ffprobe-static has for Apple silicon is one.
      const cpus = [arch, 'universal', ...(platform === 'darwin' ? ['x64'] : [])]
      return kind && (kind.platform !== platform || !cpus.includes(kind.arch))
    })

/**
 * The packages in a staged app that have no notice.
 *
 * @param {string} stage
 */
export const withoutNotice = (stage) => {
  const rows = /** @type {import('../build/notices.mjs').Notice[]} */ (
    JSON.parse(readFileSync(join(stage, 'out', 'main', 'notices.json'), 'utf8'))
  )
  const noticed = new Set(
    rows.filter(({ text }) => text.length > 100).map(({ name, version }) => `${name}@${version}`),
  )
  return shippedFolders(stage)
    .map((folder) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')))
    .map(({ name, version }) => `${name}@${version}`)
    .filter((one) => !noticed.has(one))
}

/**
 * What forbids to ship the ffmpegs and ffprobes in a folder: builds that may not be redistributed, and builds whose
 * sources we do not name.
 *
 * @param {string} folder
 * @param {string} thirdParty THIRD-PARTY.md
 */
export const forbiddenTools = (folder, thirdParty) =>
  contentOf(folder)
    .filter(({ path, found }) => found.isFile() && /^ff(mpeg|probe)(\.exe)?$/.test(basename(path)))
    .flatMap(({ path }) => {
      const program = readFileSync(join(folder, path))
      if (program.includes('nonfree and unredistributable'))
        return [`${path} may not be redistributed`]
      const sum = createHash('sha256').update(program).digest('hex')
      return thirdParty.includes(sum) ? [] : [`THIRD-PARTY.md does not name ${path} (${sum})`]
    })

/** In the order of the wire that Electron has in its executable. */
const fuseNames = [
  'runAsNode',
  'enableCookieEncryption',
  'enableNodeOptionsEnvironmentVariable',
  'enableNodeCliInspectArguments',
  'enableEmbeddedAsarIntegrityValidation',
  'onlyLoadAppFromAsar',
  'loadBrowserProcessSpecificV8Snapshot',
  'grantFileProtocolExtraPrivileges',
]

/**
 * The fuses of an Electron, by name: true for those that are on.
 *
 * @param {Buffer} executable
 * @returns {Record<string, boolean>}
 */
export const fusesOf = (executable) => {
  const mark = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
  const at = executable.indexOf(mark)
  // A byte each for version and length, then a character for each fuse.
  const wire =
    at === -1 ? '' : executable.toString('latin1', at + mark.length + 2, at + mark.length + 34)
  return Object.fromEntries(fuseNames.map((name, index) => [name, wire[index] === '1']))
}

/** Where Electron's code is in a finished folder. @type {Record<Target['platform'], string>} */
const executables = {
  linux: 'reshoot',
  win32: 'reshoot.exe',
  darwin: 'Reshoot.app/Contents/Frameworks/Electron Framework.framework/Electron Framework',
}

/**
 * Looks at a finished folder as far as any system can: every program in it is for the target, the fuses are as they
 * were asked for, ffmpeg and ffprobe may be shipped, and every package has its notice.
 *
 * @param {Target} target
 * @param {Record<string, boolean>} fuses
 * @throws {SetupError} that names what is wrong
 */
export const examine = (target, fuses) => {
  const foreign = foreignPrograms(target.folder, target)
  if (foreign.length > 0)
    throw new SetupError(`These are not for ${target.platform}:\n${foreign.join('\n')}`)
  const found = fusesOf(readFileSync(join(target.folder, executables[target.platform])))
  const wrong = Object.keys(fuses).filter((name) => found[name] !== fuses[name])
  if (wrong.length > 0)
    throw new SetupError(`These fuses are not as asked for: ${wrong.join(', ')}`)
  const forbidden = forbiddenTools(target.folder, readFileSync(at('THIRD-PARTY.md'), 'utf8'))
  if (forbidden.length > 0) throw new SetupError(forbidden.join('\n'))
  const unnoticed = withoutNotice(target.stage)
  if (unnoticed.length > 0)
    throw new SetupError(`These packages have no notice: ${unnoticed.join(', ')}`)
}
