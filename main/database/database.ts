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

interface OpenOptions {
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
  const { log = silentLog, clock = systemClock, watchInterval = 1_000 } = options
  const around = { log, clock, watchInterval }
  if (path !== ':memory:') makeFolder(dirname(path))
  const identity = identityOf(path)
  try {
    return wrap(open(path, options.migrations), path, null, around)
  } catch (error) {
    if (!isBroken(error) || identity === null) throw error
    const setAside = setDatabaseAside(path, identity, clock.now())
    log.error('The database was damaged and has been set aside', { path, setAside, error })
    return wrap(open(path, options.migrations), path, setAside, around)
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
  { log, clock, watchInterval }: Required<Omit<OpenOptions, 'migrations'>>,
): Database => {
  const statements = new Map<string, StatementSync>()
  const closed = new AbortController()
  const prepare = (sql: string): StatementSync => {
    const known = statements.get(sql)
    if (known) return known
    const statement = sqlite.prepare(sql)
    statements.set(sql, statement)
    return statement
  }
  const parse = <S extends z.ZodType>(schema: S, row: unknown, sql: string): z.output<S>[] => {
    const { success, data, error } = schema.safeParse(row)
    if (success) return [data]
    log.warn('A stored row cannot be read and is skipped', { sql, reason: error.message })
    return []
  }
  const dataVersion = () => sqlite.prepare('PRAGMA data_version').get()?.['data_version']
  const watchers = new Set<() => void>()
  let watching = new AbortController()
  /** One look for all who watch: a window that nobody uses wakes the processor as seldom as it can. */
  const startWatching = () => {
    watching = new AbortController()
    const signal = AbortSignal.any([closed.signal, watching.signal])
    const watch = async () => {
      for (;;) {
        await clock.sleep(watchInterval, signal)
        if (!sqlite.isOpen) return
        for (const check of watchers) {
          try {
            check()
          } catch (error) {
            log.error('Checking for commits of other connections failed', { error }) // e.g. a full disk: try again
          }
        }
      }
    }
    watch().catch((error: unknown) => {
      if (!signal.aborted) log.error('Watching the database stopped', { error })
    })
  }
  return {
    path,
    setAside,
    run: (sql, parameters = {}) => Number(prepare(sql).run(parameters).changes),
    rows: (schema, sql, parameters = {}) =>
      prepare(sql)
        .all(parameters)
        .flatMap((row) => parse(schema, row, sql)),
    row: (schema, sql, parameters = {}) => {
      const row = prepare(sql).get(parameters)
      return row === undefined ? null : (parse(schema, row, sql)[0] ?? null)
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
      let seen = dataVersion()
      const check = () => {
        const version = dataVersion()
        if (version === seen) return
        onChange()
        seen = version
      }
      if (watchers.size === 0) startWatching()
      watchers.add(check)
      return () => {
        watchers.delete(check)
        if (watchers.size === 0) watching.abort()
      }
    },
    close: () => {
      closed.abort()
      statements.clear()
      if (sqlite.isOpen) sqlite.close()
    },
  }
}
