import { cpSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { npm, npmReason } from '../setup/dependencies.mjs'
import { alone } from '../setup/lock.mjs'
import { at, cacheFolder } from '../setup/project.mjs'
import { SetupError, say } from '../setup/say.mjs'
import { digest, hasStamp, writeStamp } from '../setup/stamps.mjs'

const manifests = ['package.json', 'package-lock.json'].map((name) =>
  at('scripts', 'package', 'tools', name),
)

/**
 * What is used of electron-builder: its types are not installed beside ours.
 *
 * @typedef {{
 *   build: (options: object) => Promise<string[]>,
 *   Platform: Record<'LINUX' | 'WINDOWS' | 'MAC', { createTarget: (types: string[], arch: unknown) => unknown }>,
 *   Arch: Record<'x64' | 'arm64', unknown>,
 * }} Builder
 */

/**
 * electron-builder, installed in the cache when it is first needed: nobody who only starts or tests Reshoot needs its
 * 280 packages.
 *
 * @returns {Promise<Builder>}
 * @throws {SetupError} when npm fails
 */
export const loadBuilder = async () => {
  const value = digest(...manifests.map((file) => readFileSync(file, 'utf8')))
  const folder = join(cacheFolder(), `package-tools-${value.slice(0, 12)}`)
  const stamp = join(folder, '.stamp')
  if (!hasStamp(stamp, value))
    await alone(async () => {
      if (hasStamp(stamp, value)) return
      say('Installing electron-builder… (about 95 MB, once)')
      if (existsSync(folder)) rmSync(folder, { recursive: true })
      mkdirSync(folder, { recursive: true })
      for (const file of manifests)
        cpSync(file, join(folder, file.slice(file.lastIndexOf('/') + 1)))
      const args = ['ci', '--no-audit', '--no-fund', '--ignore-scripts']
      const { code, output } = await npm(args, { cwd: folder, seconds: 900 })
      if (code !== 0)
        throw new SetupError(
          `electron-builder could not be installed (npm ci):\n${npmReason(output)}`,
        )
      writeStamp(stamp, value)
    })
  return createRequire(join(folder, 'package.json'))('electron-builder')
}
