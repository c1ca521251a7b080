import { createHash } from 'node:crypto'
import { createReadStream, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'

/**
 * Writes beside a package what an older Reshoot reads (main/shell/updates.ts): the version, and the package with its
 * size and SHA-512. Its name is the one that electron-updater asks for.
 *
 * @param {string} file The installer for Windows, or the AppImage.
 * @param {string} version
 * @returns {Promise<string>} its path
 */
export const writeReleaseList = async (file, version) => {
  const hash = createHash('sha512')
  await pipeline(createReadStream(file), hash)
  const sha512 = hash.digest('base64')
  const list = {
    version,
    files: [{ url: basename(file), sha512, size: statSync(file).size }],
    path: basename(file),
    sha512,
  }
  const name = file.endsWith('.exe') ? 'latest.yml' : 'latest-linux.yml'
  // JSON is YAML.
  writeFileSync(join(dirname(file), name), `${JSON.stringify(list, null, 2)}\n`)
  return join(dirname(file), name)
}
