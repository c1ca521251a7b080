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
  directories: { output: join(dist, '.builder'), buildResources: 'resources' },
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
  linux: { target: 'dir', category: 'AudioVideo', icon: 'resources/icon' },
  win: { target: 'dir', icon: 'resources/icon/512.png', signAndEditExecutable: false },
  mac: { target: 'dir', icon: 'resources/icon/1024.png', category: 'public.app-category.video' },
})

/** The folders that electron-builder makes. @type {Record<Target['platform'], string>} */
const builderFolder = { linux: 'linux-unpacked', win32: 'win-unpacked', darwin: 'mac' }

/**
 * Makes the folder of the finished app.
 *
 * @param {Target} target
 * @throws {SetupError} when packages cannot be installed
 */
export const makeFolder = async (target) => {
  await stage(target)
  const { build, Platform, Arch } = await loadBuilder()
  const platforms = { linux: Platform.LINUX, win32: Platform.WINDOWS, darwin: Platform.MAC }
  await build({
    targets: platforms[target.platform].createTarget('dir', Arch[target.arch]),
    config: builderConfig(target),
    projectDir: target.stage,
    publish: 'never',
  })
  rmSync(target.folder, { recursive: true, force: true })
  renameSync(join(dist, '.builder', builderFolder[target.platform]), target.folder)
}
