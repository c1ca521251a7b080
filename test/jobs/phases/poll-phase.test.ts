import { describe, expect, it, vi } from 'vitest'
import { DownloadError } from '../../../main/jobs/download'
import { newRecord } from '../../../main/jobs/record'
import { silentLog } from '../../../main/log'
import type { TaskStatus } from '../../../main/providers/provider'
import { begin, hour, minute } from '../../support/begin-job'
import {
  failureOf,
  offline,
  pending,
  providerError,
  running,
  succeeded,
} from '../../support/fake-provider'
import { createJobsWorld } from '../../support/jobs-world'

describe('polling', () => {
  it('survives a long time without a network', async () => {
    const world = createJobsWorld()
    world.provider.script.query = [...Array.from({ length: 200 }, offline), succeeded]
    const { reaches } = begin(world)
    await reaches('saved')
    expect(world.provider.calls.create).toHaveLength(1)
  })

  it('survives failures of the provider, with rising delays', async () => {
    const world = createJobsWorld()
    world.provider.script.query = [
      ...Array.from({ length: 20 }, () => providerError('temporary', 'refused')),
      succeeded,
    ]
    const { reaches, job } = begin(world, world.process({ heartbeat: 10 * minute }))
    await reaches('saved')
    const waited = (job().phases.at(-2)?.startedAt ?? 0) - (job().phases[4]?.startedAt ?? 0)
    expect(waited).toBeGreaterThan(hour)
  })

  it('is held while the key does not work, and goes on by itself once it does', async () => {
    const world = createJobsWorld()
    const refused = providerError('auth', 'refused', 'enter-key')
    world.provider.script.query = [...Array.from({ length: 10 }, () => refused), succeeded]
    const { reaches, job, isHeld } = begin(world)
    await isHeld()
    expect(job()).toMatchObject({ state: 'pending', failure: { action: 'enter-key' } })
    await reaches('saved')
    expect(job().failure).toBeNull()
    expect(world.provider.calls.create).toHaveLength(1)
  })

  it('is held by a key that does not work until a person tries again', async () => {
    const world = createJobsWorld()
    const cause = providerError('auth', 'refused', 'enter-key')
    world.provider.script.query = [cause]
    const info = vi.spyOn(silentLog, 'info')
    const { jobs, job, id, isHeld } = begin(world)
    await isHeld()
    expect(job()).toMatchObject({ canRetry: true, resumes: true })
    const failure = 'failure.auth'
    expect(info).toHaveBeenCalledWith('A job cannot go on', { job: id, failure, cause })
    world.provider.script.query = [succeeded]
    const before = world.clock.now()
    expect((await jobs.retry(id)).id).toBe(id)
    await world.clock.until(() => job().state === 'saved', 1)
    expect(world.clock.now()).toBe(before)
  })

  it.each([
    ['the same process', false],
    ['another process', true],
  ])('goes on at once when %s tries a held job again', async (_what, elsewhere) => {
    const world = createJobsWorld()
    world.provider.script.query = [providerError('billing', 'refused', 'top-up')]
    const { jobs, id, isHeld, reaches } = begin(world)
    await isHeld()
    world.provider.script.query = [succeeded]
    const other = elsewhere ? world.process().jobs : jobs
    await other.retry(id)
    await reaches('saved', hour)
    expect(world.provider.calls.create).toHaveLength(1)
  })

  it('is tried when something may be mended, and only that job', async () => {
    const world = createJobsWorld()
    world.provider.script.query = [providerError('auth', 'refused', 'enter-key')]
    const { jobs, isHeld, reaches } = begin(world)
    await isHeld()
    const asked = world.provider.calls.query.length
    world.provider.script.query = [running]
    jobs.tryHeld()
    await reaches('running')
    expect(world.provider.calls.query).toHaveLength(asked + 1)
    jobs.tryHeld()
    await world.clock.settle()
    expect(world.provider.calls.query).toHaveLength(asked + 1)
  })

  it('is tried once more by the next process', async () => {
    const world = createJobsWorld()
    world.provider.script.query = [providerError('auth', 'refused', 'enter-key')]
    const first = begin(world)
    await first.isHeld()
    await first.jobs.stop()
    const asked = world.provider.calls.query.length
    const { jobs } = world.process()
    const drained = jobs.drain()
    await world.clock.until(() => world.provider.calls.query.length === asked + 3)
    await world.clock.until(() => jobs.get(first.id)?.failure !== null)
    await drained
    expect(jobs.get(first.id)).toMatchObject({ state: 'pending', canRetry: true })
  })

  it('counts temporary and lasting failures apart', async () => {
    const world = createJobsWorld()
    const passing = providerError('temporary', 'refused')
    const lasting = providerError('auth', 'refused', 'enter-key')
    world.provider.script.query = [passing, passing, lasting, passing, lasting, succeeded]
    const { reaches, told } = begin(world)
    await reaches('saved')
    expect(told.filter(({ failure }) => failure !== null)).toEqual([])
  })

  it('is retried at another provider, but never replaces an existing task', async () => {
    const world = createJobsWorld()
    world.provider.script.create = [providerError('auth', 'refused', 'try-region')]
    const { jobs, reaches, id } = begin(world)
    await reaches('failed')
    expect((await jobs.retry(id, 'dashscope-cn')).provider).toBe('dashscope-cn')

    const other = createJobsWorld()
    other.provider.script.query = [providerError('auth', 'refused', 'enter-key')]
    const second = begin(other)
    await second.isHeld()
    other.provider.script.query = [succeeded]
    expect((await second.jobs.retry(second.id, 'dashscope-cn')).id).toBe(second.id)
    await second.reaches('saved')
    expect(other.provider.calls.create).toHaveLength(1)
  })

  const unknown: TaskStatus = { status: 'unknown', word: 'UNKNOWN', requestId: null }
  it.each([
    ['an unknown task', unknown],
    ['a task that is not found', providerError('gone', 'refused')],
  ])(
    'asks on for 15 minutes after the answer of %s, then is held until its end',
    async (_what, answer) => {
      const world = createJobsWorld()
      world.provider.script.query = [answer]
      const { reachesAfter, job, isHeld } = begin(world)
      await world.clock.until(() => job().trouble?.key === 'job.notVisibleYet', minute)
      await isHeld(hour)
      expect(job()).toMatchObject({ state: 'pending', failure: { text: { key: 'job.lostTrack' } } })
      expect(world.clock.now() - job().createdAt).toBeGreaterThan(15 * minute)
      await reachesAfter(24 * hour, 'expired')
    },
  )

  it('finds a task that its provider did not list for some minutes', async () => {
    const world = createJobsWorld()
    const notFound = providerError('gone', 'refused')
    world.provider.script.query = [...Array.from({ length: 20 }, () => notFound), succeeded]
    const { reaches, told } = begin(world)
    await reaches('saved', hour)
    expect(told.filter(({ failure }) => failure !== null)).toEqual([])
  })

  it('ends with the failure of the task', async () => {
    const world = createJobsWorld()
    const failure = failureOf('moderation', 'change-prompt')
    world.provider.script.query = [running, { status: 'failed', failure, requestId: 'r' }]
    const { jobs, reaches, job, id } = begin(world)
    await reaches('failed')
    expect(job().failure).toEqual(failure)
    world.provider.script.query = [succeeded]
    expect((await jobs.retry(id)).id).not.toBe(id)
    await world.clock.until(() => jobs.list().some((each) => each.state === 'saved'))
    expect(world.provider.calls.create).toHaveLength(2)
  })

  it('expires after 24 hours and one more query', async () => {
    const world = createJobsWorld()
    world.provider.script.query = [running]
    const first = begin(world)
    await first.reaches('running')
    await first.jobs.stop()
    world.provider.script.query = [unknown]
    await world.clock.advance(25 * hour)
    const before = world.provider.calls.query.length
    const { jobs } = world.process()
    jobs.start()
    await world.clock.until(() => jobs.get(first.id)?.state === 'expired')
    expect(world.provider.calls.query.length).toBe(before + 1)
    expect(jobs.get(first.id)?.failure?.text).toEqual({ key: 'job.expired', values: { hours: 24 } })
  })

  it('ends with a task that was cancelled at the provider', async () => {
    const world = createJobsWorld()
    world.provider.script.query = [running, { status: 'cancelled', requestId: 'request-c' }]
    const { reaches, job, store, id } = begin(world)
    await reaches('cancelled', hour)
    expect(job()).toMatchObject({ requestId: 'request-c', failure: null })
    expect(store.get(id)?.taskOver).toBe(true)
  })

  it('keeps the request id of the create if an answer has none', async () => {
    const world = createJobsWorld()
    world.provider.script.query = [running]
    const { reaches, job } = begin(world)
    await reaches('running')
    expect(job().requestId).toBe('request-1')
  })

  it('reports the progress of a task that waits or runs', async () => {
    const world = createJobsWorld()
    world.provider.script.query = [
      { status: 'pending', progress: 0.1, requestId: null },
      { status: 'running', progress: 0.4, requestId: null },
    ]
    const { job } = begin(world)
    await world.clock.until(() => job().progress === 0.1, hour)
    expect(job().state).toBe('pending')
    await world.clock.until(() => job().progress === 0.4, hour)
    expect(job().state).toBe('running')
  })

  it('does not wait for a create that lies in the future: the clock was set back', async () => {
    const world = createJobsWorld()
    world.provider.script.query = [pending]
    const first = begin(world)
    await first.reaches('pending')
    await first.jobs.stop()
    const submittedAt = world.clock.now() + hour
    first.store.change(first.id, null, { patch: { submittedAt } })
    const before = world.provider.calls.query.length
    world.process().jobs.start()
    await world.clock.settle()
    expect(world.provider.calls.query.length).toBe(before + 1)
  })

  it('of a job without a task fails it', async () => {
    const world = createJobsWorld()
    const { jobs, store } = world.process()
    const record = newRecord({ id: 'job', setId: 'set' }, world.spec(), world.clock.now())
    store.insert({ ...record, state: 'running' })
    jobs.start()
    await world.clock.until(() => jobs.get('job')?.state === 'failed')
    expect(jobs.get('job')?.failure).toMatchObject({
      action: 'try-again',
      text: { key: 'job.unknownTask' },
    })
  })

  it('never ends by the clock alone: a task that is still worked on may be years old here', async () => {
    const world = createJobsWorld()
    world.provider.script.query = [running]
    const { job, jobs, reaches, isHeld } = begin(world)
    await reaches('running')
    await jobs.stop()
    await world.clock.advance(1_000 * hour)
    jobs.start()
    await isHeld(minute)
    expect(job().failure?.text).toEqual({ key: 'job.overdue', values: { hours: 24 } })
    world.provider.script.query = [succeeded]
    await reaches('saved', minute)
  })

  it('ends a week after the expiry where the provider gives no answer', async () => {
    const world = createJobsWorld()
    world.provider.script.query = [providerError('auth', 'refused', 'enter-key')]
    const { isHeld, reachesAfter } = begin(world)
    await isHeld()
    await reachesAfter(8 * 24 * hour, 'expired')
  })

  it('happens at once after `wake`', async () => {
    const world = createJobsWorld()
    world.provider.script.query = [running]
    const { jobs, reaches } = begin(world)
    await reaches('running')
    const before = world.provider.calls.query.length
    jobs.wake?.()
    await world.clock.settle()
    expect(world.provider.calls.query).toHaveLength(before + 1)
  })
})

describe('a waiting job', () => {
  it('reports why while the provider cannot be queried', async () => {
    const world = createJobsWorld()
    world.provider.script.query = [offline(), offline(), running, running, succeeded]
    const { job, reaches, store, id } = begin(world)
    await world.clock.until(() => job().trouble !== null, hour)
    expect(job()).toMatchObject({ state: 'pending', trouble: { key: 'failure.temporary' } })
    await world.clock.until(
      () => job().nextPollAt !== null && world.provider.calls.query.length > 1,
    )
    await reaches('running')
    expect(job().trouble).toBeNull()
    expect(store.events(id).filter((event) => event.kind === 'note').length).toBeLessThan(4)
  })

  it('reports why while the create fails', async () => {
    const world = createJobsWorld()
    world.provider.script.create = [providerError('rate-limit', 'refused')]
    const { job } = begin(world)
    await world.clock.until(() => job().trouble?.key === 'failure.rate-limit', hour)
    expect(job().state).toBe('uploading')
  })

  it('reports why while the result cannot be downloaded or its link renewed', async () => {
    const world = createJobsWorld()
    world.downloads.splice(0, 1, new DownloadError('offline', 'no network', false))
    world.provider.script.query = [succeeded]
    const { job, reaches } = begin(world)
    await world.clock.until(() => job().trouble?.key === 'job.offline', hour)
    world.provider.script.query = Array.from({ length: 5 }, offline)
    world.provider.script.query.push(succeeded)
    world.downloads.splice(0, 1, new DownloadError('refused', 'HTTP 403', false), 'result')
    await reaches('saved')
    expect(job().trouble).toBeNull()
  })

  it('reports why to other processes', async () => {
    const world = createJobsWorld()
    world.provider.script.query = [offline()]
    const { job, id } = begin(world)
    await world.clock.until(() => job().trouble !== null, hour)
    expect(world.process().jobs.get(id)?.trouble).toEqual(job().trouble)
  })
})
