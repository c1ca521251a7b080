import { createHash } from 'node:crypto'
import { createReadStream, lstatSync, readdirSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { pipeline } from 'node:stream/promises'

/** The bytes of all files in a folder. @param {string} folder @returns {number} */
export const folderBytes = (folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).reduce((sum, name) => {
    const found = lstatSync(join(folder, name))
    return sum + (found.isFile() ? found.size : 0)
  }, 0)

/**
 * Writes the SHA-256 sums of files, as `sha256sum --check` reads them.
 *
 * @param {string} file
 * @param {readonly string[]} files
 */
export const writeSums = async (file, files) => {
  const lines = []
  for (const each of files) {
    const hash = createHash('sha256')
    await pipeline(createReadStream(each), hash)
    lines.push(`${hash.digest('hex')}  ${basename(each)}\n`)
  }
  writeFileSync(file, lines.join(''))
}
