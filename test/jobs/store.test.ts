import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { openDatabase } from '../../main/database/database'
import { migrations } from '../../main/database/schema'
import { isDrivable } from '../../main/jobs/drive-job'
import { newRecord } from '../../main/jobs/record'
import { createJobStore, IllegalTransitionError, LeaseLostError } from '../../main/jobs/store'
import { jobState } from '../../preload/contract'
import { createJobsWorld } from '../support/jobs-world'
import { temporaryFolder } from '../support/temporary-folder'
import { createVirtualClock } from '../support/virtual-clock'

const me = { id: 'me', pid: 1, machine: 'here' }
const other = { id: 'other', pid: 2, machine: 'here' }

const setUp = () => {
  const clock = createVirtualClock()
  const database = openDatabase(path.join(temporaryFolder(), 'reshoot.db'), { migrations, clock })
  const dead = new Set<number>()
  const store = createJobStore({
    database,
    clock,
    isAlive: (pid) => !dead.has(pid),
    lease: 30_000,
    submittingGrace: 600_000,
  })
  store.insert(newRecord({ id: 'job', setId: 'set' }, createJobsWorld().spec(), clock.now()))
  return { clock, database, store, dead }
}

describe('the job store', () => {
  it('gives back what was written', () => {
    const { store } = setUp()
    store.change('job', null, { to: 'preparing', note: { a: 1 } })
    const record = store.get('job')
    expect(record).toMatchObject({ state: 'preparing', revision: 1 })
    expect(record?.phases.map((phase) => [phase.state, phase.endedAt === null])).toEqual([
      ['queued', false],
      ['preparing', true],
    ])
  })

  it('skips a row that cannot be read', () => {
    const { store, database, clock } = setUp()
    store.insert(newRecord({ id: 'other', setId: 'set' }, createJobsWorld().spec(), clock.now()))
    database.run(`UPDATE jobs SET json = '{"id":' WHERE id = 'job'`)
    expect(store.get('job')).toBeNull()
    expect(store.list().map((record) => record.id)).toEqual(['other'])
  })

  it('finds every unfinished job, and no other', () => {
    const { store, clock } = setUp()
    for (const state of jobState.options)
      store.insert({
        ...newRecord({ id: state, setId: 'set' }, createJobsWorld().spec(), clock.now()),
        state,
      })
    const ids = (records: { id: string }[]) => records.map(({ id }) => id)
    expect(ids(store.unfinished())).toEqual(ids(store.list().filter(isDrivable)))
  })

  it('lists the newest first, also of the same moment', async () => {
    const { store, clock } = setUp()
    const insert = (id: string) =>
      store.insert(newRecord({ id, setId: 'set' }, createJobsWorld().spec(), clock.now()))
    insert('same')
    await clock.advance(1)
    insert('later')
    const ids = ['later', 'same', 'job']
    expect(store.list().map(({ id }) => id)).toEqual(ids)
    expect(store.unfinished().map(({ id }) => id)).toEqual(ids)
  })

  it('records when each change was made, and ends the trouble with the state', async () => {
    const { store, clock } = setUp()
    const start = clock.now()
    const trouble = { key: 'job.offline', values: {} }
    await clock.advance(1_000)
    store.change('job', null, { to: 'queued', patch: { trouble } })
    expect(store.get('job')).toMatchObject({ trouble, updatedAt: start + 1_000, revision: 1 })
    expect(store.get('job')?.phases).toHaveLength(1)
    await clock.advance(1_000)
    store.change('job', null, { to: 'preparing' })
    await clock.advance(1_000)
    store.change('job', null, { to: 'failed' })
    expect(store.get('job')).toMatchObject({
      trouble: null,
      revision: 3,
      phases: [
        { state: 'queued', startedAt: start, endedAt: start + 2_000 },
        { state: 'preparing', startedAt: start + 2_000, endedAt: start + 3_000 },
        { state: 'failed', startedAt: start + 3_000, endedAt: null },
      ],
    })
    expect(store.events('job')).toEqual([
      { at: start, kind: 'created', from: null, to: 'queued' },
      { at: start + 1_000, kind: 'note', from: 'queued', to: 'queued' },
      { at: start + 2_000, kind: 'state', from: 'queued', to: 'preparing' },
      { at: start + 3_000, kind: 'state', from: 'preparing', to: 'failed' },
    ])
  })

  it('knows the revision of each job that can be read', () => {
    const { store, database, clock } = setUp()
    store.insert(newRecord({ id: 'other', setId: 'set' }, createJobsWorld().spec(), clock.now()))
    store.change('job', null, {})
    expect([...store.revisions()].sort()).toEqual([
      ['job', 1],
      ['other', 0],
    ])
    database.run(`UPDATE jobs SET json = '{"id":' WHERE id = 'job'`)
    expect([...store.revisions()]).toEqual([['other', 0]])
  })

  it('names what went wrong', () => {
    const { store } = setUp()
    const errorOf = (work: () => unknown) => {
      try {
        work()
        return null
      } catch (error) {
        return error
      }
    }
    expect(errorOf(() => store.change('job', null, { to: 'saved' }))).toMatchObject({
      name: 'IllegalTransitionError',
      message: 'job: queued → saved',
    })
    expect(errorOf(() => store.change('job', me, {}))).toMatchObject({
      name: 'LeaseLostError',
      message: 'job',
    })
  })

  it('refuses a step that is not in the table, and changes nothing', () => {
    const { store } = setUp()
    expect(() => store.change('job', null, { to: 'saved' })).toThrow(IllegalTransitionError)
    expect(store.get('job')?.state).toBe('queued')
    expect(store.events('job')).toHaveLength(1)
  })

  it('gives the lease to one process', () => {
    const { store } = setUp()
    expect(store.claim('job', me)).toBe(true)
    expect(store.claim('job', other)).toBe(false)
    expect(() => store.change('job', other, { to: 'preparing' })).toThrow(LeaseLostError)
    store.change('job', me, { to: 'preparing' })
    store.release('job', me)
    expect(store.claim('job', other)).toBe(true)
    expect(() => store.change('job', me, { to: 'uploading' })).toThrow(LeaseLostError)
  })

  it('keeps a lease that is renewed, and gives away an expired one', async () => {
    const { store, clock } = setUp()
    store.claim('job', me)
    await clock.advance(20_000)
    store.renew(me)
    await clock.advance(20_000)
    expect(store.claim('job', other)).toBe(false)
    await clock.advance(20_000)
    expect(store.claim('job', other)).toBe(true)
    store.renew(me)
    expect(() => store.change('job', me, {})).toThrow(LeaseLostError)
  })

  it('keeps the lease of a create in flight longer', async () => {
    const { store, clock } = setUp()
    for (const to of ['preparing', 'uploading', 'submitting'] as const)
      store.change('job', null, { to })
    store.claim('job', me)
    await clock.advance(30_000 + 600_000)
    expect(store.claim('job', other)).toBe(false)
    await clock.advance(1)
    expect(store.claim('job', other)).toBe(true)
  })

  it('releases only its own lease', () => {
    const { store } = setUp()
    store.claim('job', me)
    store.release('job', other)
    expect(store.claim('job', other)).toBe(false)
    store.renew(other)
    expect(() => store.change('job', other, {})).toThrow(LeaseLostError)
  })

  it('gives away the lease of a crashed process at once', () => {
    const { store, dead } = setUp()
    store.claim('job', me)
    dead.add(me.pid)
    expect(store.claim('job', other)).toBe(true)
  })

  it('ignores a job that does not exist', () => {
    const { store } = setUp()
    expect(store.claim('nobody', me)).toBe(false)
    expect(store.change('nobody', null, {})).toBeNull()
    expect(store.remove(['nobody', 'job'])).toEqual([])
  })
})
