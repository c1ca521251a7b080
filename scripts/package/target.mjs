import { join } from 'node:path'
import { at, readJson } from '../setup/project.mjs'

/**
 * What is packaged for one platform. `electron` is the folder of an unpacked Electron for it, `stage` the app with
 * only the packages that it needs there, `folder` the finished app.
 *
 * @typedef {{
 *   platform: 'linux' | 'win32' | 'darwin',
 *   arch: 'x64' | 'arm64',
 *   version: string,
 *   electron: string,
 *   electronVersion: string,
 *   stage: string,
 *   folder: string,
 * }} Target
 */

/** Where everything that is made goes. */
export const dist = at('dist')

/** @type {Record<Target['platform'], string>} */
const names = { linux: 'linux', win32: 'windows', darwin: 'macos' }

/**
 * The name of a file in dist/, such as `reshoot-0.1.0-linux-x64.tar.gz`.
 *
 * @param {Pick<Target, 'platform' | 'arch' | 'version'>} target
 * @param {string} ending
 */
export const artefact = ({ platform, arch, version }, ending) =>
  join(dist, `reshoot-${version}-${names[platform]}-${arch}${ending}`)

/** The version in package.json. */
export const appVersion = () =>
  String(/** @type {{ version?: string }} */ (readJson(at('package.json'))).version)
