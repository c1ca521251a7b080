import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { openDatabase } from '../../main/database/database'
import { jsonColumn } from '../../main/database/json-column'
import { NewerDatabaseError } from '../../main/database/migrations'
import { migrations } from '../../main/database/schema'
import type { Log } from '../../main/log'

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'reshoot-database-'))
  path = join(folder, 'reshoot.db')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const draftRow = z.object({ id: z.string(), json: z.string() })
const addDraft = 'INSERT INTO drafts (id, json, updated_at) VALUES ($id, $json, 0)'

const recordingLog = () => {
  const lines: string[] = []
  const log: Log = {
    info: () => {},
    warn: (message) => lines.push(message),
    error: (message) => lines.push(message),
  }
  return { lines, log }
}

describe('opening', () => {
  it('creates the tables and keeps the rows', () => {
    const first = openDatabase(path, { migrations })
    first.run(addDraft, { $id: 'a', $json: '{}' })
    first.close()
    const again = openDatabase(path, { migrations })
    expect(again.rows(draftRow, 'SELECT * FROM drafts')).toEqual([{ id: 'a', json: '{}' }])
    const mode = again.row(z.object({ journal_mode: z.string() }), 'PRAGMA journal_mode')
    expect(mode?.journal_mode).toBe('wal')
    expect(
      again.row(z.object({ synchronous: z.number() }), 'PRAGMA synchronous')?.synchronous,
    ).toBe(2)
    again.close()
  })

  it('runs only new migrations', () => {
    openDatabase(path, { migrations }).close()
    const more = [...migrations, { name: 'more', sql: 'CREATE TABLE more (id TEXT) STRICT' }]
    const database = openDatabase(path, { migrations: more })
    expect(database.run("INSERT INTO more VALUES ('x')")).toBe(1)
    database.close()
    openDatabase(path, { migrations: more }).close()
  })

  it('keeps the version when a migration fails', () => {
    openDatabase(path, { migrations }).close()
    const bad = [...migrations, { name: 'bad', sql: 'CREATE TABLE half (id TEXT); NONSENSE;' }]
    expect(() => openDatabase(path, { migrations: bad })).toThrow(/NONSENSE/)
    const database = openDatabase(path, { migrations })
    expect(() => database.run("INSERT INTO half VALUES ('x')")).toThrow(/no such table/)
    database.close()
  })

  it('refuses a file of a newer version without changing it', () => {
    const newer = new DatabaseSync(path)
    newer.exec('PRAGMA user_version = 99')
    newer.close()
    const before = readFileSync(path)
    expect(() => openDatabase(path, { migrations })).toThrow(NewerDatabaseError)
    expect(() => openDatabase(path, { migrations })).toThrow(/newer version of Reshoot/)
    expect(readFileSync(path)).toEqual(before)
    expect(readdirSync(folder).filter((name) => name.includes('broken'))).toEqual([])
  })

  it.each([
    ['no database at all', Buffer.from('this is not a database, it is a poem '.repeat(200))],
    [
      'a header with rubbish behind it',
      Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(8192, 7)]),
    ],
  ])('sets aside %s, keeping its bytes', (_what, bytes) => {
    writeFileSync(path, bytes)
    const { lines, log } = recordingLog()
    const database = openDatabase(path, { migrations, log })
    expect(database.setAside).toMatch(/reshoot\.db\.broken-\d{4}-\d\d-\d\dT/)
    expect(readFileSync(database.setAside ?? '')).toEqual(bytes)
    expect(database.rows(draftRow, 'SELECT * FROM drafts')).toEqual([])
    expect(lines).toHaveLength(1)
    database.close()
  })

  it('renames a database with a damaged page', () => {
    const first = openDatabase(path, { migrations })
    for (let index = 0; index < 500; index++)
      first.run(addDraft, { $id: `clip-${index}`, $json: 'x'.repeat(500) })
    first.close()
    const bytes = readFileSync(path)
    bytes.fill(0xa5, 4096 * 3, 4096 * 20)
    writeFileSync(path, bytes)
    const database = openDatabase(path, { migrations })
    expect(database.setAside).not.toBeNull()
    database.close()
  })

  it('rejects with the error of a folder in place of the file', () => {
    expect(() => openDatabase(folder, { migrations })).toThrow()
    expect(readdirSync(folder)).toEqual([])
  })
})

describe('rows', () => {
  it('skips and logs a row that cannot be read', () => {
    const { lines, log } = recordingLog()
    const database = openDatabase(path, { migrations, log })
    database.run(addDraft, { $id: 'good', $json: '{"n":1}' })
    database.run(addDraft, { $id: 'other', $json: '{"n":"one"}' })
    database.run(addDraft, { $id: 'torn', $json: '{"n":' })
    const schema = z.object({
      id: z.string(),
      json: jsonColumn(z.object({ n: z.number() })),
    })
    const all = database.rows(schema, 'SELECT * FROM drafts')
    expect(all).toEqual([{ id: 'good', json: { n: 1 } }])
    expect(database.row(schema, "SELECT * FROM drafts WHERE id = 'torn'")).toBeNull()
    expect(lines).toHaveLength(3)
    database.close()
  })
})

describe('transactions', () => {
  it('roll back completely, also when nested', () => {
    const database = openDatabase(path, { migrations })
    expect(() =>
      database.transaction(() => {
        database.run(addDraft, { $id: 'a', $json: '{}' })
        database.transaction(() => database.run(addDraft, { $id: 'b', $json: '{}' }))
        throw new Error('rolled back')
      }),
    ).toThrow('rolled back')
    expect(database.rows(draftRow, 'SELECT * FROM drafts')).toEqual([])
    database.close()
  })
})

describe('other writers', () => {
  it('reports commits of other connections, not its own', async () => {
    let look = () => {}
    const clock = {
      now: () => 0,
      sleep: (_milliseconds: number, signal?: AbortSignal) =>
        new Promise<void>((resolve, reject) => {
          look = resolve
          signal?.addEventListener('abort', () => reject(signal.reason))
        }),
    }
    const ours = openDatabase(path, { migrations, clock })
    const theirs = openDatabase(path, { migrations })
    let heard = 0
    const stop = ours.watchOtherWriters(() => heard++)
    const tick = async () => {
      look()
      await new Promise(setImmediate)
    }
    ours.run(addDraft, { $id: 'ours', $json: '{}' })
    await tick()
    expect(heard).toBe(0)
    theirs.run(addDraft, { $id: 'theirs', $json: '{}' })
    await tick()
    expect(heard).toBe(1)
    await tick()
    expect(heard).toBe(1)
    stop()
    theirs.close()
    ours.close()
  })

  it('looks once for all who watch, and not at all for nobody', async () => {
    const looks: (() => void)[] = []
    const clock = {
      now: () => 0,
      sleep: (_milliseconds: number, signal?: AbortSignal) =>
        new Promise<void>((resolve, reject) => {
          looks.push(resolve)
          signal?.addEventListener('abort', () => reject(signal.reason))
        }),
    }
    const ours = openDatabase(path, { migrations, clock })
    const theirs = openDatabase(path, { migrations })
    const heard: string[] = []
    const stops = ['one', 'two'].map((name) => ours.watchOtherWriters(() => heard.push(name)))
    theirs.run(addDraft, { $id: 'theirs', $json: '{}' })
    expect(looks).toHaveLength(1)
    looks[0]?.()
    await new Promise(setImmediate)
    expect(heard).toEqual(['one', 'two'])
    expect(looks).toHaveLength(2)
    for (const stop of stops) stop()
    await new Promise(setImmediate)
    expect(looks).toHaveLength(2)
    const stop = ours.watchOtherWriters(() => heard.push('three'))
    theirs.run(addDraft, { $id: 'more', $json: '{}' })
    looks[2]?.()
    await new Promise(setImmediate)
    expect(heard).toEqual(['one', 'two', 'three'])
    stop()
    theirs.close()
    ours.close()
  })

  it('reports a commit again after the listener has thrown', async () => {
    let look = () => {}
    const clock = {
      now: () => 0,
      sleep: () => new Promise<void>((resolve) => (look = resolve)),
    }
    const { log, lines } = recordingLog()
    const ours = openDatabase(path, { migrations, clock, log })
    const theirs = openDatabase(path, { migrations })
    let heard = 0
    ours.watchOtherWriters(() => {
      heard++
      if (heard === 1) throw new Error('the disk is full')
    })
    theirs.run(addDraft, { $id: 'theirs', $json: '{}' })
    for (let count = 0; count < 3; count++) {
      look()
      await new Promise(setImmediate)
    }
    expect(heard).toBe(2)
    expect(lines).toHaveLength(1)
    theirs.close()
    ours.close()
  })

  it('waits for another writer', () => {
    const ours = openDatabase(path, { migrations })
    const theirs = openDatabase(path, { migrations })
    ours.transaction(() => ours.run(addDraft, { $id: 'a', $json: '{}' }))
    theirs.transaction(() => theirs.run(addDraft, { $id: 'b', $json: '{}' }))
    expect(ours.rows(draftRow, 'SELECT * FROM drafts ORDER BY id')).toHaveLength(2)
    ours.close()
    theirs.close()
  })
})
