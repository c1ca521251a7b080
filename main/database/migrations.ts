import type { DatabaseSync } from 'node:sqlite'
import type { Text } from '../../preload/contract'

/** One step forward; there are no steps back. */
export interface Migration {
  name: string
  sql: string
}

/** A newer version of Reshoot wrote the file; opening it could lose data. */
export class NewerDatabaseError extends Error {
  override readonly name = 'NewerDatabaseError'
  readonly text: Text
  constructor(path: string, found: number, known: number) {
    super(
      `${path} was written by a newer version of Reshoot (its format is ${found}, this version knows ${known}). Update Reshoot to open it.`,
    )
    this.text = { key: 'database.newer', values: { path, found, known } }
  }
}

const versionOf = (sqlite: DatabaseSync): number =>
  Number(sqlite.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0)

/** Throws `NewerDatabaseError` without changing the file. */
export const refuseNewer = (
  sqlite: DatabaseSync,
  path: string,
  migrations: readonly Migration[],
): void => {
  const found = versionOf(sqlite)
  if (found > migrations.length) throw new NewerDatabaseError(path, found, migrations.length)
}

/**
 * Brings the tables up to date, each step in its own transaction.
 *
 * Reads the version again inside the transaction, because the window and the command line may open
 * the same new file at the same moment.
 */
export const migrate = (sqlite: DatabaseSync, migrations: readonly Migration[]): void => {
  const found = versionOf(sqlite)
  for (const [index, migration] of migrations.entries()) {
    if (index < found) continue
    sqlite.exec('BEGIN IMMEDIATE')
    try {
      if (versionOf(sqlite) === index) {
        sqlite.exec(migration.sql)
        sqlite.exec(`PRAGMA user_version = ${index + 1}`)
      }
      sqlite.exec('COMMIT')
    } catch (error) {
      sqlite.exec('ROLLBACK')
      throw error
    }
  }
}
