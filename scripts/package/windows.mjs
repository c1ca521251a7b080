import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join, win32 } from 'node:path'
import { run, tail } from '../setup/processes.mjs'
import { at } from '../setup/project.mjs'
import { SetupError } from '../setup/say.mjs'
import { contentOf, folderBytes } from './sums.mjs'
import { artefact } from './target.mjs'

/** @typedef {import('./target.mjs').Target} Target */

const windowsFile = (/** @type {string} */ name) => at('scripts', 'package', 'windows', name)

const iconSizes = [16, 24, 32, 48, 64, 128, 256]

/** A Windows icon of PNG images. @param {readonly { size: number, png: Buffer }[]} images */
export const iconOf = (images) => {
  const header = Buffer.alloc(6 + 16 * images.length)
  header.writeUInt16LE(1, 2)
  header.writeUInt16LE(images.length, 4)
  let offset = header.length
  for (const [index, { size, png }] of images.entries()) {
    const entry = 6 + 16 * index
    // 0 stands for 256.
    header.writeUInt8(size % 256, entry)
    header.writeUInt8(size % 256, entry + 1)
    header.writeUInt16LE(1, entry + 4)
    header.writeUInt16LE(32, entry + 6)
    header.writeUInt32LE(png.length, entry + 8)
    header.writeUInt32LE(offset, entry + 12)
    offset += png.length
  }
  return Buffer.concat([header, ...images.map(({ png }) => png)])
}

/** Writes the app's icon as Windows wants it. @param {string} file */
export const writeIcon = (file) =>
  writeFileSync(
    file,
    iconOf(
      iconSizes.map((size) => ({
        size,
        png: readFileSync(at('resources', 'icon', `${size}.png`)),
      })),
    ),
  )

/** Adds what `reshoot` on the PATH calls. @param {Target} target */
export const addWindowsLauncher = ({ folder }) => {
  mkdirSync(join(folder, 'bin'), { recursive: true })
  cpSync(windowsFile('reshoot.cmd'), join(folder, 'bin', 'reshoot.cmd'))
}

/**
 * What the uninstaller removes: the files of a folder, and its folders from the innermost outwards, where they are
 * empty. A folder that is removed with everything in it might hold what a person put there.
 *
 * @param {string} folder
 */
export const removals = (folder) => {
  const paths = (/** @type {boolean} */ folders) =>
    contentOf(folder)
      .filter(({ found }) => found.isDirectory() === folders)
      .map(({ path }) => path.replaceAll('/', win32.sep).replaceAll('$', '$$$$'))
      .sort()
      .reverse()
  return {
    files: paths(false).map((path) => `Delete "$INSTDIR\\${path}"`),
    folders: paths(true).map((path) => `RMDir "$INSTDIR\\${path}"`),
  }
}

/**
 * Signs an executable of Windows where WIN_CSC_LINK names a certificate (.pfx).
 *
 * @param {NodeJS.ProcessEnv} environment
 * @returns {string | undefined} the command, for a file named %1
 */
export const signCommand = ({ WIN_CSC_LINK: certificate }) =>
  certificate ? `sh "${windowsFile('sign.sh')}" "%1"` : undefined

/** @param {string} program @param {string[]} args @param {{ cwd?: string }} [options] */
const must = async (program, args, options = {}) => {
  const { code, output } = await run(program, args, { seconds: 1800, ...options })
  if (code !== 0) throw new SetupError(`${program} failed:\n${tail(output)}`)
}

/** Signs the app itself, where there is a certificate. @param {Target} target */
export const signApp = async ({ folder }) => {
  if (signCommand(process.env))
    await must('sh', [windowsFile('sign.sh'), join(folder, 'reshoot.exe')])
}

/**
 * Makes a .zip of a finished folder.
 *
 * @param {Target} target
 * @returns {Promise<string>} its path
 * @throws {SetupError} with zip's output
 */
export const makeZip = async (target) => {
  const file = artefact(target, '.zip')
  rmSync(file, { force: true })
  await must('zip', ['-qr', file, basename(target.folder)], { cwd: join(target.folder, '..') })
  return file
}

/**
 * Makes the installer of a finished folder.
 *
 * @param {Target} target
 * @returns {Promise<string>} its path
 * @throws {SetupError} with makensis' output
 */
export const makeSetup = async (target) => {
  const file = artefact(target, '-setup.exe')
  const lists = `${target.folder}.nsis`
  mkdirSync(lists, { recursive: true })
  const { files, folders } = removals(target.folder)
  writeFileSync(join(lists, 'files.nsh'), `${files.join('\n')}\n`)
  writeFileSync(join(lists, 'folders.nsh'), `${folders.join('\n')}\n`)
  const icon = join(lists, 'reshoot.ico')
  writeIcon(icon)
  const sign = signCommand(process.env)
  const defines = {
    VERSION: target.version,
    FOLDER: target.folder,
    OUT: file,
    ICON: icon,
    ON_PATH: windowsFile('on-path.cmd'),
    KILOBYTES: Math.ceil(folderBytes(target.folder) / 1024),
    LISTS: lists,
    ...(sign ? { SIGN: sign } : {}),
  }
  const words = Object.entries(defines).map(([name, value]) => `-D${name}=${value}`)
  await must('makensis', ['-V2', '-INPUTCHARSET', 'UTF8', ...words, windowsFile('reshoot.nsi')])
  rmSync(lists, { recursive: true })
  return file
}
