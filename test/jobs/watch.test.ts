import { describe, expect, it } from 'vitest'
import { newRecord } from '../../main/jobs/record'
import { jobView } from '../../main/jobs/view'
import { type JobWatch, watchJobs } from '../../main/jobs/watch'
import { silentLog } from '../../main/log'
import type { Job } from '../../preload/contract'
import { createJobsWorld } from '../support/jobs-world'

/** A store with a job, and a watch of it that tells progress at most once a second. */
const setUp = () => {
  const world = createJobsWorld()
  const { store } = world.process()
  const { clock } = world
  const insert = (id: string) =>
    store.insert(newRecord({ id, setId: 'set' }, world.spec(), clock.now()))
  insert('job')
  const watch: JobWatch = watchJobs({
    store,
    clock,
    log: silentLog,
    interval: 1_000,
    view: (record) =>
      jobView(record, {
        live: watch.live(record.id),
        providerCancels: true,
        now: clock.now(),
        posterUrl: () => null,
      }),
  })
  const told: Job[] = []
  const removed: string[][] = []
  const leave = watch.onChange((job) => told.push(job))
  watch.onRemove((ids) => removed.push(ids))
  return { store, clock, watch, told, removed, insert, leave }
}

describe('progress', () => {
  it('is told at most once in an interval, with the newest value', async () => {
    const { watch, told, clock } = setUp()
    watch.progress('job', 0.1)
    watch.progress('job', 0.2)
    await clock.advance(999)
    watch.progress('job', 0.3)
    await clock.advance(1)
    watch.progress('job', 0.4)
    await clock.advance(1_000)
    watch.progress('job', 0.5)
    expect(told.map(({ progress }) => progress)).toEqual([0.1, 0.4, 0.5])
  })

  it.each([
    [-1, 0],
    [0, 0],
    [1, 1],
    [1.5, 1],
    [null, null],
  ])('%s is %s', (fraction, expected) => {
    const { watch } = setUp()
    watch.progress('job', fraction)
    expect(watch.live('job')?.progress).toBe(expected)
  })

  it('is kept by a change in the same state, and ends with the state and the drive', () => {
    const { watch, store } = setUp()
    const change = (what: Parameters<typeof store.change>[2]) => {
      const record = store.change('job', null, what)
      if (record) watch.changed(record)
    }
    watch.progress('job', 0.5)
    change({ patch: { seen: true } })
    expect(watch.live('job')).toEqual({ progress: 0.5, nextPollAt: null })
    change({ to: 'preparing' })
    expect(watch.live('job')).toBeUndefined()
    watch.progress('job', 0.5)
    watch.idle('job')
    expect(watch.live('job')).toBeUndefined()
  })

  it('is remembered while nobody listens', () => {
    const { watch, told, leave } = setUp()
    leave()
    watch.progress('job', 0.5)
    expect(told).toEqual([])
    expect(watch.live('job')?.progress).toBe(0.5)
  })

  it('of a job that is gone is not told', () => {
    const { watch, told } = setUp()
    watch.progress('nobody', 0.5)
    expect(told).toEqual([])
  })
})

describe('the time of the next question', () => {
  it('is told at once, and once; its end with the next report', async () => {
    const { watch, told, clock } = setUp()
    watch.progress('job', 0.5)
    watch.plan('job', 5_000)
    watch.plan('job', 5_000)
    expect(told.map(({ nextPollAt }) => nextPollAt)).toEqual([null, 5_000])
    watch.plan('job', null)
    watch.plan('job', null)
    expect(told).toHaveLength(2)
    expect(watch.live('job')).toEqual({ progress: 0.5, nextPollAt: null })
    await clock.advance(1_000)
    watch.progress('job', 0.6)
    expect(told.at(-1)).toMatchObject({ nextPollAt: null, progress: 0.6 })
  })
})

describe('changes by other processes', () => {
  it('are told once each: new, changed and removed jobs', () => {
    const { watch, told, removed, store, insert } = setUp()
    watch.readChanges()
    expect([told, removed]).toEqual([[], []])
    insert('new')
    store.change('job', null, { to: 'cancelled' })
    watch.readChanges()
    watch.readChanges()
    expect(told.map(({ id, state }) => [id, state])).toEqual([
      ['job', 'cancelled'],
      ['new', 'queued'],
    ])
    watch.progress('job', 0.5)
    store.remove(['job'])
    watch.readChanges()
    watch.readChanges()
    expect(removed).toEqual([['job']])
    expect(watch.live('job')).toBeUndefined()
  })
})

describe('a wait for the next change', () => {
  const waiting = async () => {
    const { watch, clock, store } = setUp()
    const stop = new AbortController()
    let end = 'waits'
    const wait = watch.nextChange(1_000, stop.signal).then(
      () => {
        end = 'woken'
      },
      () => {
        end = 'stopped'
      },
    )
    await clock.settle()
    return { watch, clock, store, stop, wait, end: () => end }
  }

  it('ends with a change', async () => {
    const { watch, wait, store, end } = await waiting()
    expect(end()).toBe('waits')
    const record = store.get('job')
    if (record) watch.changed(record)
    await wait
    expect(end()).toBe('woken')
  })

  it('ends when jobs are removed', async () => {
    const { watch, wait, end } = await waiting()
    watch.removed(['job'])
    await wait
    expect(end()).toBe('woken')
  })

  it('ends after its time', async () => {
    const { clock, wait, end } = await waiting()
    await clock.advance(999)
    expect(end()).toBe('waits')
    await clock.advance(1)
    await wait
    expect(end()).toBe('woken')
  })

  it('rejects when it is stopped, also before it begins', async () => {
    const { watch, stop, wait, end } = await waiting()
    stop.abort()
    await wait
    expect(end()).toBe('stopped')
    await expect(watch.nextChange(1_000, stop.signal)).rejects.toMatchObject({ name: 'AbortError' })
    watch.settled()
  })
})
