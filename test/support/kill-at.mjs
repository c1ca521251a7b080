import childProcess from 'node:child_process'
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import path from 'node:path'
import sqlite from 'node:sqlite'

/*
 * Loaded before the app (`-r`), kills the process with SIGKILL at one step of a job's life: just before or after a
 * commit or a change of a file's name, or while a tool runs. The app knows nothing of it. The step is named by KILL_AT, or later by
 * `globalThis.killAt`. `soak-steps.ts` lists the steps.
 */

const killing = /** @type {{ killAt?: string }} */ (globalThis)
killing.killAt ??= process.env['KILL_AT'] ?? ''

const at = (/** @type {string} */ step) => {
  if (killing.killAt === step) process.kill(process.pid, 'SIGKILL')
}

/** What a file of the home is to a job; null for all others. @param {string} file */
const fileName = (file) => {
  const folder = path.basename(path.dirname(file))
  const name = path.basename(file)
  if (folder === 'sent') return name.startsWith('.') ? null : 'the sent clip'
  if (folder === 'prepared') return name.endsWith('.json') ? 'its facts' : 'the prepared clip'
  if (folder === 'posters' && name.startsWith('job-')) return "the job's still"
  if (folder === 'posters' && name.startsWith('result-')) return "the result's still"
  if (folder === 'library' && name.endsWith('.mp4')) return 'the result'
  if (folder === 'library' && name.endsWith('.reshoot.json')) return 'the sidecar'
  return null
}

/** Lets a change of names happen, or not. @param {typeof fs.promises.rename} change */
const killAround =
  (change) => async (/** @type {fs.PathLike} */ from, /** @type {fs.PathLike} */ to) => {
    const name = fileName(String(to))
    if (name) at(`before ${name} has its name`)
    await change(from, to)
    if (name) at(`after ${name} has its name`)
  }

fs.promises.rename = killAround(fs.promises.rename)
fs.promises.link = killAround(fs.promises.link)

const { spawn } = childProcess

/** @param {Parameters<typeof spawn>} given */
const spawnAndKill = (...given) => {
  const child = spawn(...given)
  const args = String(given[1])
  if (args.includes('.reshoot-')) at('while the result is checked')
  else if (args.includes(`${path.sep}prepared${path.sep}`)) at('while ffmpeg prepares')
  return child
}
childProcess.spawn = /** @type {typeof spawn} */ (spawnAndKill)

/** What the open transaction of each database writes. @type {Map<sqlite.DatabaseSync, string>} */
const writes = new Map()
/** @type {WeakMap<sqlite.StatementSync, sqlite.DatabaseSync>} */
const databases = new WeakMap()

/** What a statement records of a job; null for all others. @param {string} sql @param {unknown} parameters */
const recordOf = (sql, parameters) => {
  if (sql.startsWith('INSERT OR IGNORE INTO library')) return 'the library'
  if (!sql.startsWith('INSERT INTO job_events')) return null
  const { $kind, $to, $detail } = /** @type {Record<string, unknown>} */ (parameters)
  if ($kind === 'state') return String($to)
  return String($detail).includes('"uploaded"') ? 'an upload' : null
}

const { exec, prepare } = sqlite.DatabaseSync.prototype
const { run } = sqlite.StatementSync.prototype

sqlite.DatabaseSync.prototype.prepare = function (...given) {
  const statement = prepare.apply(this, given)
  databases.set(statement, this)
  return statement
}

/** @this {sqlite.StatementSync} @param {Record<string, sqlite.SQLInputValue>} parameters */
function runAndKill(parameters = {}) {
  const record = recordOf(this.sourceSQL, parameters)
  const database = databases.get(this)
  if (!record || !database) return run.call(this, parameters)
  if (database.isTransaction) writes.set(database, record)
  else at(`before ${record} is recorded`)
  const done = run.call(this, parameters)
  if (!database.isTransaction) at(`after ${record} is recorded`)
  return done
}
sqlite.StatementSync.prototype.run = /** @type {typeof run} */ (runAndKill)

sqlite.DatabaseSync.prototype.exec = function (sql) {
  const record = writes.get(this)
  if (sql === 'COMMIT' && record) at(`before ${record} is recorded`)
  exec.call(this, sql)
  if (sql === 'COMMIT' && record) at(`after ${record} is recorded`)
  if (sql === 'COMMIT' || sql === 'ROLLBACK') writes.delete(this)
}

syncBuiltinESMExports()
