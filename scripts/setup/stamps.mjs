import { createHash } from 'node:crypto'
import { lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * A short name for everything that was passed: equal values, equal digest.
 *
 * @param {unknown[]} values Anything JSON can hold.
 */
export const digest = (...values) =>
  createHash('sha256').update(JSON.stringify(values)).digest('hex').slice(0, 32)

/**
 * Path, size and time of every file below a folder (or of one file), sorted; missing ones give nothing.
 * Reads no contents, so a few hundred files take a few milliseconds.
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
 * True when the stamp file holds exactly this value.
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
