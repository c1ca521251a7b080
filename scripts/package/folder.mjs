import { cpSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { noticeOf, shippedFolders } from '../build/notices.mjs'
import { npm, npmReason } from '../setup/dependencies.mjs'
import { at, readJson, root } from '../setup/project.mjs'
import { SetupError } from '../setup/say.mjs'
import { examine } from './examine.mjs'
import { dist } from './target.mjs'
import { loadBuilder } from './tools.mjs'
import { writeIcon } from './windows.mjs'

/** @typedef {import('./target.mjs').Target} Target */

const parts = ['out', 'resources', 'LICENSE', 'THIRD-PARTY.md', 'package-lock.json']

/** Fields of package.json that the app or its packaging reads. */
const fields = ['name', 'productName', 'version', 'description', 'license', 'author', 'homepage']
const packages = ['type', 'main', 'dependencies', 'overrides']

/**
 * Copies the built app, and installs the packages that it needs on the target.
 *
 * @param {Target} target
 * @throws {SetupError} when npm fails
 */
const stage = async ({ platform, arch, stage: folder }) => {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  for (const part of parts) cpSync(at(part), join(folder, part), { recursive: true })
  const manifest = /** @type {Record<string, unknown>} */ (readJson(at('package.json')))
  // npm ci compares package.json with the lock file, so it needs the packages for development too.
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest))
  const args = ['ci', '--omit=dev', `--os=${platform}`, `--cpu=${arch}`, '--ignore-scripts']
  const { code, output } = await npm([...args, '--no-audit', '--no-fund'], {
    cwd: folder,
    seconds: 900,
  })
  if (code !== 0)
    throw new SetupError(
      `The packages for ${platform} could not be installed:\n${npmReason(output)}`,
    )
  const dependencies = { .../** @type {Record<string, string>} */ (manifest.dependencies) }
  const kept = Object.fromEntries(
    [...fields, ...packages].flatMap((name) => (name in manifest ? [[name, manifest[name]]] : [])),
  )
  // Only on Linux does sharp run as WebAssembly.
  if (platform !== 'linux')
    for (const name of ['@img/sharp-wasm32', '@emnapi/runtime']) {
      rmSync(join(folder, 'node_modules', name), { recursive: true })
      delete dependencies[name]
    }
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ ...kept, dependencies }, null, 2))
  correctNotices(folder)
}

/**
 * Writes the notices of the packages beside the bundles anew: the build listed those of the platform that it ran on.
 *
 * @param {string} folder The staged app.
 */
const correctNotices = (folder) => {
  const file = join(folder, 'out', 'main', 'notices.json')
  const listed = /** @type {import('../build/notices.mjs').Notice[]} */ (readJson(file))
  const namesOf = (/** @type {string[]} */ folders) =>
    new Set(folders.map((one) => noticeOf(one, root)).map(({ name }) => name))
  const here = namesOf(shippedFolders(root))
  const bundled = listed.filter(({ name }) => !here.has(name))
  const beside = shippedFolders(folder).map((one) => noticeOf(one, root))
  writeFileSync(file, JSON.stringify([...bundled, ...beside], null, 1))
}

/** Of the executables that ffprobe-static brings for all platforms, all but the target's. @param {Target} target */
const foreignProbes = ({ platform, arch, stage: folder }) => {
  const bin = join(folder, 'node_modules', 'ffprobe-static', 'bin')
  return readdirSync(bin).flatMap((system) =>
    readdirSync(join(bin, system))
      .filter((cpu) => system !== platform || cpu !== arch)
      .map((cpu) => `!node_modules/ffprobe-static/bin/${system}/${cpu}/**`),
  )
}

/** Where electron-builder puts things. */
const output = join(dist, '.builder')

const fuses = {
  runAsNode: false,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  enableCookieEncryption: true,
  enableEmbeddedAsarIntegrityValidation: true,
  onlyLoadAppFromAsar: true,
  grantFileProtocolExtraPrivileges: false,
}

/**
 * electron-builder's configuration. Icons and installers are ours where its own need programs from elsewhere.
 *
 * @param {Target} target
 */
export const builderConfig = (target) => ({
  appId: 'app.reshoot.Reshoot',
  productName: 'Reshoot',
  executableName: 'reshoot',
  electronVersion: target.electronVersion,
  electronDist: target.electron,
  npmRebuild: false,
  directories: { output, buildResources: 'resources' },
  files: [
    'out/**',
    'resources/**',
    'package.json',
    'LICENSE',
    'THIRD-PARTY.md',
    '!resources/screenshots/**',
    '!out/.stamp',
    ...foreignProbes(target),
  ],
  // What other programs read or run cannot be inside the archive.
  asarUnpack: [
    'resources/**',
    'node_modules/sharp/**',
    'node_modules/@img/**',
    'node_modules/ffprobe-static/**',
    'node_modules/@ffmpeg-installer/**',
  ],
  electronLanguages: ['en', 'en-US', 'zh-CN', 'zh_CN'],
  electronFuses: fuses,
  // biome-ignore lint/suspicious/noTemplateCurlyInString: electron-builder fills it in.
  artifactName: 'reshoot-${version}-${os}-${arch}.${ext}',
  linux: { category: 'AudioVideo', icon: 'resources/icon' },
  // Signed by us (scripts/package/windows.mjs), after the folder is complete.
  win: { icon: join(target.stage, '..', 'reshoot.ico'), signExecutable: false },
  mac: { icon: 'resources/icon/1024.png', category: 'public.app-category.video' },
})

/** @param {Target} target @param {string[]} types What electron-builder makes. @param {object} more */
const build = async (target, types, more = {}) => {
  const builder = await loadBuilder()
  const { LINUX, WINDOWS, MAC } = builder.Platform
  const platform = { linux: LINUX, win32: WINDOWS, darwin: MAC }[target.platform]
  await builder.build({
    targets: platform.createTarget(types, builder.Arch[target.arch]),
    config: builderConfig(target),
    projectDir: target.stage,
    publish: 'never',
    ...more,
  })
}

/** @param {Target} target */
const builtFolder = ({ platform, arch }) => {
  const cpu = arch === 'x64' ? '' : `-${arch}`
  const names = { linux: `linux${cpu}-unpacked`, win32: `win${cpu}-unpacked`, darwin: `mac${cpu}` }
  return join(output, names[platform])
}

/**
 * Makes the folder of the finished app.
 *
 * @param {Target} target
 * @throws {SetupError} when packages cannot be installed
 */
export const makeFolder = async (target) => {
  await stage(target)
  if (target.platform === 'win32') writeIcon(join(target.stage, '..', 'reshoot.ico'))
  await build(target, ['dir'])
  rmSync(target.folder, { recursive: true, force: true })
  renameSync(builtFolder(target), target.folder)
  nameReleases(target, process.env.RESHOOT_RELEASES)
  examine(target, fuses)
}

/**
 * Tells the app where its releases are.
 *
 * @param {Target} target @param {string | undefined} address
 */
const nameReleases = ({ platform, folder }, address) => {
  if (!address || platform === 'darwin') return
  writeFileSync(join(folder, 'resources', 'releases.txt'), `${address}\n`)
}

/** @type {Record<Target['platform'], string[]>} */
const installers = { linux: ['AppImage'], win32: [], darwin: ['dmg', 'zip'] }

/**
 * Makes electron-builder's installers of a finished folder. It downloads helpers of its own from GitHub, so this is for
 * the release workflow (.github/workflows/release.yml). It signs where the variables with certificates are set.
 *
 * @param {Target} target
 * @returns {Promise<string[]>} their paths
 * @throws {SetupError} when a helper cannot be downloaded
 */
export const makeInstallers = async (target) => {
  // On macOS it wants the app itself.
  const prepackaged =
    target.platform === 'darwin' ? join(target.folder, 'Reshoot.app') : target.folder
  await build(target, installers[target.platform], { prepackaged }).catch((error) => {
    const [reason = ''] = String(error instanceof Error ? error.message : error).split('\n')
    throw new SetupError(
      `electron-builder could not make ${installers[target.platform]}: ${reason}`,
    )
  })
  const made = readdirSync(output).filter((name) => /\.(AppImage|exe|zip|dmg)$/.test(name))
  for (const name of made) renameSync(join(output, name), join(dist, name))
  return made.map((name) => join(dist, name))
}
