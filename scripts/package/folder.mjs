import { cpSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { npm, npmReason } from '../setup/dependencies.mjs'
import { at, readJson } from '../setup/project.mjs'
import { SetupError } from '../setup/say.mjs'
import { dist } from './target.mjs'
import { loadBuilder } from './tools.mjs'

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
  const kept = [...fields, ...packages].flatMap((name) =>
    name in manifest ? [[name, manifest[name]]] : [],
  )
  writeFileSync(join(folder, 'package.json'), JSON.stringify(Object.fromEntries(kept), null, 2))
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
  electronFuses: {
    runAsNode: false,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableCookieEncryption: true,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    grantFileProtocolExtraPrivileges: false,
  },
  // biome-ignore lint/suspicious/noTemplateCurlyInString: electron-builder fills it in.
  artifactName: 'reshoot-${version}-${os}-${arch}.${ext}',
  linux: { category: 'AudioVideo', icon: 'resources/icon' },
  win: { icon: 'resources/icon/512.png', signAndEditExecutable: process.platform === 'win32' },
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
  await build(target, ['dir'])
  rmSync(target.folder, { recursive: true, force: true })
  renameSync(builtFolder(target), target.folder)
}

/** @type {Record<Target['platform'], string[]>} */
const installers = { linux: ['AppImage'], win32: ['nsis', 'zip'], darwin: ['dmg', 'zip'] }

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
