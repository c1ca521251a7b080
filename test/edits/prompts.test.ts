import { describe, expect, it } from 'vitest'
import { openDatabase } from '../../main/database/database'
import { migrations } from '../../main/database/schema'
import { createPrompts } from '../../main/edits/prompts'
import { temporaryFolder } from '../support/temporary-folder'

/** Prompts, and a way to store a job with a prompt. */
const open = (path = `${temporaryFolder()}/reshoot.db`, known = migrations) => {
  const database = openDatabase(path, { migrations: known })
  let jobs = 0
  const submit = (prompt: string) => {
    jobs += 1
    database.run(
      `INSERT INTO jobs (id, state, provider, created_at, updated_at, json)
       VALUES ($id, 'saved', 'sandbox', $at, $at, $json)`,
      {
        $id: `job-${known.length}-${jobs}`,
        $at: jobs,
        $json: JSON.stringify({ spec: { prompt } }),
      },
    )
  }
  return { path, database, submit, prompts: createPrompts(database) }
}

const texts = (prompts: { list: () => { text: string }[] }) =>
  prompts.list().map(({ text }) => text)

describe('the prompts that were submitted', () => {
  it('are listed once each, the newest first; an empty one is not', () => {
    const { submit, prompts } = open()
    for (const prompt of ['snow', 'rain', '  ', 'snow']) submit(prompt)
    expect(prompts.list()).toEqual([
      { text: 'snow', usedAt: 4, starred: false },
      { text: 'rain', usedAt: 2, starred: false },
    ])
  })

  it('are kept to the newest hundred, and all that are starred', () => {
    const { submit, prompts } = open()
    submit('watercolour')
    prompts.star({ text: 'watercolour', starred: true })
    for (let number = 0; number < 105; number += 1) submit(`take ${number}`)
    const found = texts(prompts)
    expect([found.length, found[0], found[1], found.at(-1)]).toEqual([
      101,
      'watercolour',
      'take 104',
      'take 5',
    ])
    prompts.star({ text: 'watercolour', starred: false })
    expect(texts(prompts).at(-1)).toBe('watercolour')
    submit('one more')
    expect(texts(prompts)).not.toContain('watercolour')
  })

  it('of a home of an earlier version are there', () => {
    const before = migrations.slice(
      0,
      migrations.findIndex(({ name }) => name === 'prompts that were used'),
    )
    const old = open(undefined, before)
    for (const prompt of ['snow', 'rain', 'snow']) old.submit(prompt)
    old.database.close()
    expect(texts(open(old.path).prompts)).toEqual(['snow', 'rain'])
  })
})
