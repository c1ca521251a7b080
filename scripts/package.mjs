import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { makeArchive } from './package/archive.mjs'
import { writeBillOfMaterials } from './package/bill-of-materials.mjs'
import { addLauncher, makeDeb } from './package/deb.mjs'
import { makeFolder, makeInstallers } from './package/folder.mjs'
import { writeReleaseList } from './package/release-list.mjs'
import { folderBytes, writeSums } from './package/sums.mjs'
import { appVersion, artefact, dist } from './package/target.mjs'
import { addWindowsLauncher, makeSetup, makeZip, signApp } from './package/windows.mjs'
import { electronForWindows, isFallback } from './setup/electron.mjs'
import { hasProgram } from './setup/project.mjs'
import { prepareAndBuild } from './setup/ready.mjs'
import { command, SetupError, say } from './setup/say.mjs'

/** @typedef {import('./package/target.mjs').Target} Target */

const megabytes = (/** @type {number} */ bytes) => `${Math.round(bytes / 1e6)} MB`

/**
 * What to package, with the Electron in a folder.
 *
 * @param {{ platform: string, arch: string }} system
 * @param {string} electron
 * @returns {Target}
 */
const targetOf = (system, electron) => {
  const target = /** @type {Pick<Target, 'platform' | 'arch' | 'version'>} */ ({
    platform: system.platform,
    arch: system.arch,
    version: appVersion(),
  })
  return {
    ...target,
    electron,
    electronVersion: readFileSync(join(electron, 'version'), 'utf8').trim().replace(/^v/, ''),
    stage: join(dist, '.stage'),
    folder: artefact(target, ''),
  }
}

/** The Electron that `--electron <folder>` names. */
const chosenElectron = () => {
  const at = process.argv.indexOf('--electron')
  return at === -1 ? undefined : resolve(String(process.argv[at + 1]))
}

/** @param {Target} target @returns {Promise<string[]>} the files that were made */
const makeForLinux = async (target) => {
  addLauncher(target)
  say('Making the .tar.gz…')
  const files = [await makeArchive(target)]
  if (hasProgram('dpkg-deb')) {
    say('Making the .deb…')
    files.push(await makeDeb(target))
  } else say('No .deb: dpkg-deb is not installed.')
  return files
}

/** @param {Target} target @returns {Promise<string[]>} the files that were made */
const makeForWindows = async (target) => {
  addWindowsLauncher(target)
  await signApp(target)
  say('Making the .zip…')
  const files = [await makeZip(target)]
  say('Making the installer…')
  return [...files, await makeSetup(target)]
}

/**
 * `npm run package` makes what this machine can into dist/: the app's folder, on Linux a .tar.gz and a .deb, the bill
 * of materials and the SHA-256 sums. `-- --installers` adds electron-builder's own: AppImage, DMG. `-- --windows` makes
 * the folder, .zip and installer for Windows, on Linux with makensis and zip. `--electron <folder>` packages another
 * Electron.
 */
const main = async () => {
  const forWindows = process.argv.includes('--windows')
  const missing = forWindows ? ['makensis', 'zip'].filter((name) => !hasProgram(name)) : []
  if (missing.length > 0) throw new SetupError(`Install these first: ${missing.join(', ')}.`)
  const executable = await prepareAndBuild({ virtualDisplay: false })
  const electron =
    chosenElectron() ?? (forWindows ? await electronForWindows() : dirname(executable))
  const target = targetOf(forWindows ? { platform: 'win32', arch: 'x64' } : process, electron)
  if (isFallback(target.electron))
    say(
      'This Electron comes from the package registry: for trying the packages, not for publishing them.',
    )
  mkdirSync(dist, { recursive: true })
  const name = basename(target.folder)
  for (const old of readdirSync(dist).filter((one) => one.startsWith(name)))
    rmSync(join(dist, old), { recursive: true })
  say('Making the folder…')
  await makeFolder(target)
  const over = folderBytes(target.folder) - folderBytes(target.electron)
  say(
    `${target.folder}: ${megabytes(folderBytes(target.folder))}, ${megabytes(over)} more than Electron alone`,
  )
  const files = [artefact(target, '.cdx.json')]
  await writeBillOfMaterials(String(files[0]), { out: join(target.stage, 'out'), ...target })
  if (target.platform === 'linux') files.push(...(await makeForLinux(target)))
  if (forWindows) files.push(...(await makeForWindows(target)))
  if (process.argv.includes('--installers')) {
    say('Making the installers…')
    files.push(...(await makeInstallers(target)))
  }
  // An older Reshoot replaces itself with one of these.
  for (const file of files.filter((one) => /\.(AppImage|exe)$/.test(one)))
    files.push(await writeReleaseList(file, target.version))
  await writeSums(artefact(target, '.sha256'), files)
  for (const leftover of ['.stage', '.builder', 'reshoot.ico'])
    rmSync(join(dist, leftover), { recursive: true, force: true })
  for (const file of files) process.stdout.write(`${file}\n`)
  return 0
}

await command(main)
