import { createHash } from 'node:crypto'
import { createReadStream, lstatSync, readdirSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { pipeline } from 'node:stream/promises'

/** What is in a folder and in all below it, by relative path. @param {string} folder */
export const contentOf = (folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => ({
    path,
    found: lstatSync(join(folder, path)),
  }))

/** The bytes of all files in a folder. @param {string} folder @returns {number} */
export const folderBytes = (folder) =>
  contentOf(folder).reduce((sum, { found }) => sum + (found.isFile() ? found.size : 0), 0)

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
