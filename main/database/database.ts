import { dirname } from 'node:path'
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import type { z } from 'zod'
import { type Clock, systemClock } from '../clock'
import { makeFolder } from '../files/make-folder'
import { type Log, silentLog } from '../log'
import { type Migration, migrate, refuseNewer } from './migrations'
import { identityOf, isBroken, setDatabaseAside } from './set-aside'

type Parameters = Record<string, SQLInputValue>

/** A SQLite file shared by the window and the command line. Everything is synchronous and short. */
export interface Database {
  path: string
  /** Where a damaged file was moved on opening; null when there was none. */
  setAside: string | null
  /** Runs a statement; gives the number of changed rows. */
  run: (sql: string, parameters?: Parameters) => number
  /** The rows, parsed. A row that does not match the schema is logged and skipped. */
  rows: <S extends z.ZodType>(schema: S, sql: string, parameters?: Parameters) => z.output<S>[]
  /** The first row, parsed; null when there is none or it does not match the schema. */
  row: <S extends z.ZodType>(schema: S, sql: string, parameters?: Parameters) => z.output<S> | null
  /** Runs `work` in a transaction. Waits for other writers; a nested transaction joins the outer one. */
  transaction: <T>(work: () => T) => T
  /** Calls back after commits of other connections; gives the function that stops it. */
  watchOtherWriters: (onChange: () => void) => () => void
  close: () => void
}

export interface OpenOptions {
  migrations: readonly Migration[]
  log?: Log
  clock?: Clock
  /** Milliseconds between two checks for commits of other connections. */
  watchInterval?: number
}

/** Milliseconds to wait for another writer, whose transaction lasts a few. */
const busyTimeout = 5_000

/**
 * Opens or creates the database and brings its tables up to date.
 *
 * Renames a damaged file to a dated name (`setAside`) and creates a new one; deletes nothing.
 * Throws `NewerDatabaseError` for a file of a newer version.
 */
export const openDatabase = (path: string, options: OpenOptions): Database => {
  const log = options.log ?? silentLog
  const clock = options.clock ?? systemClock
  if (path !== ':memory:') makeFolder(dirname(path))
  const identity = identityOf(path)
  try {
    return wrap(open(path, options.migrations), path, null, { ...options, log, clock })
  } catch (error) {
    if (!isBroken(error) || identity === null) throw error
    const setAside = setDatabaseAside(path, identity, clock.now())
    log.error('The database was damaged and has been set aside', { path, setAside, error })
    return wrap(open(path, options.migrations), path, setAside, { ...options, log, clock })
  }
}

const open = (path: string, migrations: readonly Migration[]): DatabaseSync => {
  const sqlite = new DatabaseSync(path, { timeout: busyTimeout, enableForeignKeyConstraints: true })
  try {
    refuseNewer(sqlite, path, migrations)
    sqlite.exec('PRAGMA journal_mode = WAL')
    // FULL: a commit is on the disk before the next line runs. Paid calls depend on it, and commits are rare.
    sqlite.exec('PRAGMA synchronous = FULL')
    const check = sqlite.prepare('PRAGMA quick_check(1)').get()
    if (check?.['quick_check'] !== 'ok') throw damagedError(String(check?.['quick_check']))
    migrate(sqlite, migrations)
    return sqlite
  } catch (error) {
    sqlite.close()
    throw error
  }
}

const damagedError = (message: string): Error => Object.assign(new Error(message), { errcode: 11 })

const wrap = (
  sqlite: DatabaseSync,
  path: string,
  setAside: string | null,
  { log, clock, watchInterval = 1_000 }: OpenOptions & { log: Log; clock: Clock },
): Database => {
  const statements = new Map<string, StatementSync>()
  const watchers = new Set<AbortController>()
  const prepare = (sql: string): StatementSync => {
    const known = statements.get(sql)
    if (known) return known
    const statement = sqlite.prepare(sql)
    statements.set(sql, statement)
    return statement
  }
  const parse = <S extends z.ZodType>(schema: S, row: unknown, sql: string) => {
    const parsed = schema.safeParse(row)
    if (!parsed.success)
      log.warn('A stored row cannot be read and is skipped', { sql, reason: parsed.error.message })
    return parsed
  }
  const dataVersion = () => sqlite.prepare('PRAGMA data_version').get()?.['data_version']
  return {
    path,
    setAside,
    run: (sql, parameters = {}) => Number(prepare(sql).run(parameters).changes),
    rows: (schema, sql, parameters = {}) =>
      prepare(sql)
        .all(parameters)
        .flatMap((row) => {
          const parsed = parse(schema, row, sql)
          return parsed.success ? [parsed.data] : []
        }),
    row: (schema, sql, parameters = {}) => {
      const row = prepare(sql).get(parameters)
      if (row === undefined) return null
      const parsed = parse(schema, row, sql)
      return parsed.success ? parsed.data : null
    },
    transaction: (work) => {
      if (sqlite.isTransaction) return work()
      sqlite.exec('BEGIN IMMEDIATE')
      try {
        const result = work()
        sqlite.exec('COMMIT')
        return result
      } catch (error) {
        if (sqlite.isTransaction) sqlite.exec('ROLLBACK')
        throw error
      }
    },
    watchOtherWriters: (onChange) => {
      const controller = new AbortController()
      watchers.add(controller)
      let seen = dataVersion()
      const check = () => {
        const version = dataVersion()
        if (version === seen) return
        onChange()
        seen = version
      }
      const watch = async () => {
        for (;;) {
          await clock.sleep(watchInterval, controller.signal)
          if (!sqlite.isOpen) return
          try {
            check()
          } catch (error) {
            log.error('Checking for commits of other connections failed', { error }) // e.g. a full disk: try again
          }
        }
      }
      watch().catch((error: unknown) => {
        if (!controller.signal.aborted) log.error('Watching the database stopped', { error })
      })
      return () => {
        controller.abort()
        watchers.delete(controller)
      }
    },
    close: () => {
      for (const watcher of watchers) watcher.abort()
      watchers.clear()
      statements.clear()
      if (sqlite.isOpen) sqlite.close()
    },
  }
}
