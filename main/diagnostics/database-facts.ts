import { readdirSync, statSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { hasCode } from '../files/errno'

/** Milliseconds to wait for a writer. */
const patience = 2_000

/**
 * What is known of a database without changing it: version, size, whether it is sound, and how many rows. Also of one that the app cannot open; throws what SQLite or the system says of such a one.
 */
export const databaseFacts = (file: string): string[] => {
  const bytes = sizeOf(file)
  if (bytes === null) return ['none yet']
  using database = new DatabaseSync(file, { readOnly: true, timeout: patience })
  const one = (sql: string): string => String(Object.values(database.prepare(sql).get() ?? {})[0])
  const tables = database
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table'")
    .all()
    .map(({ name }) => String(name))
  const count = (table: string): string => `${table}: ${one(`SELECT count(*) FROM ${table}`)}`
  const states = tables.includes('jobs')
    ? database
        .prepare('SELECT state, count(*) AS count FROM jobs GROUP BY state ORDER BY state')
        .all()
        .map(({ state, count: jobs }) => `${jobs} ${state}`)
    : []
  return [
    `version ${one('PRAGMA user_version')}, ${(bytes / 1e6).toFixed(1)} MB`,
    `check: ${one('PRAGMA quick_check(1)')}`,
    ...['jobs', 'library', 'drafts', 'media'].filter((table) => tables.includes(table)).map(count),
    ...(states.length > 0 ? [`jobs by state: ${states.join(', ')}`] : []),
  ]
}

const sizeOf = (file: string): number | null => {
  try {
    return statSync(file).size
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null
    throw error
  }
}

/** Damaged files of a home that were kept under another name: databases, settings, keys. */
export const setAsideIn = (folder: string): string[] => {
  try {
    return readdirSync(folder).filter((name) =>
      /\.(?:broken|unreadable)-[\dT-]+(?:\.json)?$/.test(name),
    )
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return [] // no home yet
    throw error
  }
}
