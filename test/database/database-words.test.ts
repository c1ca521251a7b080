import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, it, onTestFinished } from 'vitest'
import { sentenceOf, speaker } from '../../main/cli/words/words'
import { databaseWords } from '../../main/database/database-words'
import { NewerDatabaseError } from '../../main/database/migrations'
import { temporaryFolder } from '../support/temporary-folder'

const open = (file: string): DatabaseSync => {
  const sqlite = new DatabaseSync(file, { timeout: 0 })
  onTestFinished(() => sqlite.close())
  return sqlite
}

const errorOf = (work: () => unknown): unknown => {
  try {
    work()
  } catch (error) {
    return error
  }
  throw new Error('an error expected')
}

it('gives a sentence for each reason that a database cannot be used', () => {
  const folder = temporaryFolder()
  const full = open(path.join(folder, 'full.db'))
  full.exec('PRAGMA max_page_count = 2; CREATE TABLE t (x)')
  const noSpace = errorOf(() => full.exec('INSERT INTO t VALUES (zeroblob(100000))'))
  expect(sentenceOf(noSpace, speaker('en'))).toMatch(/^The disk .* is full/)

  const [one, two] = [open(path.join(folder, 'busy.db')), open(path.join(folder, 'busy.db'))]
  one.exec('BEGIN EXCLUSIVE')
  expect(databaseWords(errorOf(() => two.exec('BEGIN EXCLUSIVE')))?.key).toBe('database.busy')

  const nowhere = errorOf(() => new DatabaseSync(path.join(folder, 'no', 'folder.db')))
  expect(databaseWords(nowhere)?.key).toBe('database.unopenable')
  expect(databaseWords(errorOf(() => one.exec('no SQL')))).toBeNull()

  const newer = new NewerDatabaseError('/home/reshoot.db', 9, 1)
  expect(sentenceOf(newer, speaker('zh'))).toContain('请更新 Reshoot')
})
