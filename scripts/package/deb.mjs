import {
  chmodSync,
  cpSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { run, tail } from '../setup/processes.mjs'
import { at } from '../setup/project.mjs'
import { SetupError } from '../setup/say.mjs'
import { packages } from '../setup/system-libraries.mjs'
import { folderBytes } from './sums.mjs'
import { artefact } from './target.mjs'

/** @typedef {import('./target.mjs').Target} Target */

const sizes = [16, 24, 32, 48, 64, 128, 256, 512]

/** Debian's names of processors. @type {Record<Target['arch'], string>} */
const architectures = { x64: 'amd64', arm64: 'arm64' }

/**
 * The control file. Desktop, MIME and icon caches are renewed by Debian's own triggers, so there are no scripts.
 *
 * @param {Pick<Target, 'arch' | 'version'>} target
 * @param {number} bytes Installed size.
 */
export const controlFile = ({ arch, version }, bytes) =>
  [
    'Package: reshoot',
    `Version: ${version}`,
    `Architecture: ${architectures[arch]}`,
    'Maintainer: The Reshoot developers <reshoot@localhost.invalid>',
    `Installed-Size: ${Math.ceil(bytes / 1024)}`,
    // Where a package was renamed, either will do.
    `Depends: ${packages.libraries.map((names) => [...names].reverse().join(' | ')).join(', ')}, xdg-utils`,
    'Recommends: libsecret-1-0, libnotify4, libgl1, fonts-noto-cjk',
    'Section: video',
    'Priority: optional',
    'Description: check, fix and edit short clips with the Wan 2.7 video model',
    ' Drop a clip, know at once and offline whether the model takes it, fix it with',
    ' one click, say what to change, and find the result in a local library.',
    ' .',
    ' Edits are made by a service of your choice, with your own key. A Sandbox, which',
    ' is not AI, lets you try everything without one.',
    '',
  ].join('\n')

const copyright = () =>
  [
    'Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/',
    'Upstream-Name: Reshoot',
    '',
    'Files: *',
    'Copyright: The Reshoot developers',
    'License: Expat',
    ...readFileSync(at('LICENSE'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => ` ${line.trim() === '' ? '.' : line}`),
    '',
    'Comment: The works that Reshoot ships, with their licences and sources, are in',
    ' /opt/reshoot/resources/app.asar and in Settings, About, Licences. GPL programs: THIRD-PARTY.md beside this file.',
    '',
  ].join('\n')

/** @param {string} file @param {string | Buffer} content */
const write = (file, content) => {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, content)
}

/**
 * Makes the Debian package of a finished folder.
 *
 * @param {Target} target
 * @returns {Promise<string>} its path
 * @throws {SetupError} with dpkg-deb's output
 */
export const makeDeb = async (target) => {
  const root = `${target.folder}.deb-root`
  rmSync(root, { recursive: true, force: true })
  const opt = join(root, 'opt', 'reshoot')
  mkdirSync(dirname(opt), { recursive: true })
  cpSync(target.folder, opt, { recursive: true })
  // Set-user-ID, so that Chromium's sandbox also works where the kernel forbids user namespaces.
  chmodSync(join(opt, 'chrome-sandbox'), 0o4755)
  // Tells the app that it does not replace itself.
  write(join(opt, 'resources', 'package-type'), 'deb\n')
  const share = join(root, 'usr', 'share')
  const documents = join(share, 'doc', 'reshoot')
  const icons = join(share, 'icons', 'hicolor')
  write(join(share, 'applications', 'reshoot.desktop'), readFileSync(linuxFile('reshoot.desktop')))
  for (const size of sizes)
    write(
      join(icons, `${size}x${size}`, 'apps', 'reshoot.png'),
      readFileSync(at('resources', 'icon', `${size}.png`)),
    )
  write(join(icons, 'scalable', 'apps', 'reshoot.svg'), readFileSync(at('resources', 'icon.svg')))
  write(join(documents, 'copyright'), copyright())
  write(join(documents, 'THIRD-PARTY.md'), readFileSync(at('THIRD-PARTY.md')))
  write(join(documents, 'changelog.gz'), gzipSync(readFileSync(at('CHANGELOG.md')), { level: 9 }))
  mkdirSync(join(root, 'usr', 'bin'), { recursive: true })
  symlinkSync('../../opt/reshoot/bin/reshoot', join(root, 'usr', 'bin', 'reshoot'))
  write(join(root, 'DEBIAN', 'control'), controlFile(target, folderBytes(root)))
  const file = artefact(target, '.deb')
  const { code, output } = await run(
    'dpkg-deb',
    ['--root-owner-group', '-Zxz', '-z6', '--build', root, file],
    { seconds: 1800 },
  )
  if (code !== 0) throw new SetupError(`dpkg-deb failed:\n${tail(output)}`)
  rmSync(root, { recursive: true })
  return file
}

const linuxFile = (/** @type {string} */ name) => at('scripts', 'package', 'linux', name)

/** Adds the launcher, which also runs commands. @param {Target} target */
export const addLauncher = ({ folder }) => {
  mkdirSync(join(folder, 'bin'), { recursive: true })
  cpSync(linuxFile('reshoot'), join(folder, 'bin', 'reshoot'))
  chmodSync(join(folder, 'bin', 'reshoot'), 0o755)
}
