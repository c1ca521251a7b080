import { createHash } from 'node:crypto'
import { lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * A short digest of the values: equal values have equal digests.
 *
 * @param {unknown[]} values JSON values.
 */
export const digest = (...values) =>
  createHash('sha256').update(JSON.stringify(values)).digest('hex').slice(0, 32)

/**
 * Path, size and modification time of every file below a folder (or of one file), sorted. A missing path
 * gives none. Contents are not read: a few hundred files take a few milliseconds.
 *
 * @param {string} path
 * @returns {string[]}
 */
export const fingerprints = (path) => {
  const stats = lstatSync(path, { throwIfNoEntry: false })
  if (stats === undefined) return []
  if (!stats.isDirectory()) return [`${path} ${stats.size} ${stats.mtimeMs}`]
  return readdirSync(path)
    .sort()
    .flatMap((name) => fingerprints(join(path, name)))
}

/**
 * True when the stamp file holds this value.
 *
 * @param {string} file
 * @param {string} value
 */
export const hasStamp = (file, value) => {
  try {
    return readFileSync(file, 'utf8').trim() === value
  } catch {
    return false
  }
}

/**
 * @param {string} file
 * @param {string} value
 */
export const writeStamp = (file, value) => {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `${value}\n`)
}

/** @param {string} file */
export const removeStamp = (file) => {
  rmSync(file, { force: true })
}
