import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { openDatabase } from '../../main/database/database'
import { migrations } from '../../main/database/schema'
import { newRecord } from '../../main/jobs/job-record'
import { isDrivable } from '../../main/jobs/job-runner'
import { createJobStore, IllegalTransitionError, LeaseLostError } from '../../main/jobs/job-store'
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
  store.insert(newRecord('job', createJobsWorld().spec(), clock.now()))
  return { clock, database, store, dead }
}

describe('the store of jobs', () => {
  it('gives back what was written, after reading it again as if it were foreign', () => {
    const { store } = setUp()
    store.change('job', null, { to: 'preparing', note: { a: 1 } })
    const record = store.get('job')
    expect(record).toMatchObject({ state: 'preparing', revision: 1 })
    expect(record?.phases.map((phase) => [phase.state, phase.endedAt === null])).toEqual([
      ['queued', false],
      ['preparing', true],
    ])
  })

  it('passes over a row that cannot be read', () => {
    const { store, database, clock } = setUp()
    store.insert(newRecord('other', createJobsWorld().spec(), clock.now()))
    database.run(`UPDATE jobs SET json = '{"id":' WHERE id = 'job'`)
    expect(store.get('job')).toBeNull()
    expect(store.list().map((record) => record.id)).toEqual(['other'])
  })

  it('finds every job that may still be driven, and no other', () => {
    const { store, clock } = setUp()
    for (const state of jobState.options)
      store.insert({ ...newRecord(state, createJobsWorld().spec(), clock.now()), state })
    const ids = (records: { id: string }[]) => records.map(({ id }) => id)
    expect(ids(store.unfinished())).toEqual(ids(store.list().filter(isDrivable)))
  })

  it('refuses a step that is not in the table, and leaves everything as it was', () => {
    const { store } = setUp()
    expect(() => store.change('job', null, { to: 'saved' })).toThrow(IllegalTransitionError)
    expect(store.get('job')?.state).toBe('queued')
    expect(store.events('job')).toHaveLength(1)
  })

  it('gives the lease to one', () => {
    const { store } = setUp()
    expect(store.claim('job', me)).toBe(true)
    expect(store.claim('job', other)).toBe(false)
    expect(() => store.change('job', other, { to: 'preparing' })).toThrow(LeaseLostError)
    store.change('job', me, { to: 'preparing' })
    store.release('job', me)
    expect(store.claim('job', other)).toBe(true)
    expect(() => store.change('job', me, { to: 'uploading' })).toThrow(LeaseLostError)
  })

  it('keeps the lease of who is heard of, takes it from who is not', async () => {
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

  it('takes the lease of a dead process at once', () => {
    const { store, dead } = setUp()
    store.claim('job', me)
    dead.add(me.pid)
    expect(store.claim('job', other)).toBe(true)
  })

  it('knows nothing of a job that is not there', () => {
    const { store } = setUp()
    expect(store.claim('nobody', me)).toBe(false)
    expect(store.change('nobody', null, {})).toBeNull()
    expect(store.remove(['nobody', 'job'])).toEqual([])
  })
})
