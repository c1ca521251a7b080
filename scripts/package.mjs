import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { makeArchive } from './package/archive.mjs'
import { writeBillOfMaterials } from './package/bill-of-materials.mjs'
import { addLauncher, makeDeb } from './package/deb.mjs'
import { makeFolder, makeInstallers } from './package/folder.mjs'
import { folderBytes, writeSums } from './package/sums.mjs'
import { appVersion, artefact, dist } from './package/target.mjs'
import { fallback } from './setup/electron.mjs'
import { at, hasProgram } from './setup/project.mjs'
import { prepareAndBuild } from './setup/ready.mjs'
import { command, say } from './setup/say.mjs'

/** @typedef {import('./package/target.mjs').Target} Target */

const megabytes = (/** @type {number} */ bytes) => `${Math.round(bytes / 1e6)} MB`

/**
 * The target that this machine can package: its own platform, with the Electron that starts the app here.
 *
 * @param {string} executable Electron's.
 * @returns {Target}
 */
const targetOf = (executable) => {
  const electron = dirname(executable)
  const { arch, platform } = process
  const target = /** @type {Pick<Target, 'platform' | 'arch' | 'version'>} */ ({
    platform,
    arch,
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

/**
 * `npm run package` makes what this machine can into dist/: the app's folder, on Linux a .tar.gz and a .deb, the bill
 * of materials and the SHA-256 sums. `-- --installers` adds electron-builder's own: AppImage, NSIS, DMG.
 */
const main = async () => {
  const target = targetOf(await prepareAndBuild({ virtualDisplay: false }))
  if (target.electronVersion === fallback.version && target.electron.includes('reshoot'))
    say(
      'This Electron comes from the package registry: for trying the packages, not for publishing them.',
    )
  rmSync(dist, { recursive: true, force: true })
  mkdirSync(dist)
  say('Making the folder…')
  await makeFolder(target)
  if (target.platform === 'linux') addLauncher(target)
  const over = folderBytes(target.folder) - folderBytes(target.electron)
  say(
    `${target.folder}: ${megabytes(folderBytes(target.folder))}, ${megabytes(over)} more than Electron alone`,
  )
  const files = [artefact(target, '.cdx.json')]
  await writeBillOfMaterials(String(files[0]), { out: at('out'), ...target })
  if (target.platform === 'linux') {
    say('Making the .tar.gz…')
    files.push(await makeArchive(target))
    if (hasProgram('dpkg-deb')) {
      say('Making the .deb…')
      files.push(await makeDeb(target))
    } else say('No .deb: dpkg-deb is not installed.')
  }
  if (process.argv.includes('--installers')) {
    say('Making the installers…')
    files.push(...(await makeInstallers(target)))
  }
  await writeSums(artefact(target, '.sha256'), files)
  for (const leftover of ['.stage', '.builder'])
    rmSync(join(dist, leftover), { recursive: true, force: true })
  for (const file of files) process.stdout.write(`${file}\n`)
  return 0
}

await command(main)
