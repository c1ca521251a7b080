import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, it, onTestFinished } from 'vitest'
import { type Database, openDatabase } from '../../main/database/database'
import { migrations } from '../../main/database/schema'
import { spendingTotals } from '../../main/library/spending'
import { temporaryFolder } from '../support/temporary-folder'

const insert = `INSERT INTO library (id, job_id, path, provider, created_at, search_text, json)
                VALUES ($id, $id, $id, 'evolink', $at, '', $json)`

const entry = (id: string, billed: object | null) => ({
  $id: id,
  $at: new Date('2026-11-02T12:00:00').getTime(),
  $json: JSON.stringify({ billed }),
})
const bill = { currency: 'USD', amount: 1.2, seconds: 12, input: 6, output: 6 }

const opened = (file = path.join(temporaryFolder(), 'reshoot.db')): Database => {
  const database = openDatabase(file, { migrations })
  onTestFinished(() => database.close())
  return database
}

it('bills exist for every result, also without a price', () => {
  const database = opened()
  database.run(insert, entry('1', bill))
  database.run(insert, entry('2', { ...bill, amount: null }))
  database.run(insert, entry('3', null))
  expect(spendingTotals(database)).toMatchObject([
    { currency: 'USD', amount: 1.2, seconds: 24, edits: 2, unknown: 1 },
    { currency: null, amount: 0, seconds: 0, edits: 1, unknown: 1 },
  ])
})

it('bills stay after a result is deleted, and count a job once', () => {
  const database = opened()
  database.run(insert, entry('1', bill))
  const before = spendingTotals(database)
  database.run('DELETE FROM library')
  expect(spendingTotals(database)).toEqual(before)
  database.run(insert, entry('1', bill))
  expect(spendingTotals(database)).toEqual(before)
})

it('bills include the results of an earlier version', () => {
  const file = path.join(temporaryFolder(), 'reshoot.db')
  const old = new DatabaseSync(file)
  old.exec(migrations[0]?.sql ?? '')
  old.exec('PRAGMA user_version = 1')
  old.prepare(insert).run(entry('1', bill))
  old.close()
  expect(spendingTotals(opened(file))).toMatchObject([{ amount: 1.2, seconds: 12, edits: 1 }])
})
