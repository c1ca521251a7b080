import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { silentLog } from '../../main/log'
import { begin, hour } from '../support/begin-job'
import { pending, providerError, running, succeeded } from '../support/fake-provider'
import { createJobsWorld } from '../support/jobs-world'

describe('a successful job', () => {
  it('passes through every state once and ends in the library', async () => {
    const world = createJobsWorld()
    const { job, reaches, states, library, told, id } = begin(world)
    await reaches('saved')
    expect(states()).toEqual([
      'queued',
      'preparing',
      'uploading',
      'submitting',
      'pending',
      'running',
      'downloading',
      'saved',
    ])
    const [entry] = library.list({ words: '', providers: [] })
    expect(entry).toMatchObject({
      id: job().libraryId,
      jobId: id,
      prompt: 'snowy street',
      model: 'wan2.7-videoedit',
    })
    expect(job()).toMatchObject({
      taskId: 'task-1',
      billed: { seconds: 10, amount: 1, currency: 'USD' },
      failure: null,
      canCancel: false,
      canRetry: false,
      posterUrl: expect.stringContaining('job-poster'),
    })
    expect(world.provider.calls.create).toHaveLength(1)
    expect(world.provider.calls.create[0]).toMatchObject({
      prompt: 'snowy street',
      mode: 'edit',
      media: [{ role: 'clip', url: 'oss://bucket/beach.mp4', size: { width: 1280, height: 720 } }],
    })
    expect(told.map((each) => each.state)).toContain('running')
    expect(told.some((each) => each.nextPollAt !== null)).toBe(true)
    expect(told.some((each) => each.state === 'uploading' && each.progress === 0.5)).toBe(true)
  })

  it('is recorded with its first event before the provider gets a request', () => {
    const world = createJobsWorld()
    const { jobs, store } = world.process()
    const { id } = jobs.submit(world.spec())
    expect(store.get(id)?.state).toBe('queued')
    expect(store.events(id).map((event) => event.kind)).toEqual(['created'])
    expect(world.provider.calls.upload).toEqual([])
  })

  it('keeps every change as an event that cannot be changed', async () => {
    const world = createJobsWorld()
    const { store, id, reaches, database } = begin(world)
    await reaches('saved')
    const moves = store.events(id).filter((event) => event.kind === 'state')
    expect(moves.map((event) => event.to)).toEqual([
      'preparing',
      'uploading',
      'submitting',
      'pending',
      'running',
      'downloading',
      'saved',
    ])
    expect(() => database.run('DELETE FROM job_events')).toThrow(/append-only/)
    expect(() => database.run("UPDATE job_events SET kind = 'x'")).toThrow(/append-only/)
  })

  it('queries the task first after 5 s, then about every 15 s', async () => {
    const world = createJobsWorld()
    world.provider.script.query = [pending]
    const { reaches, job, told } = begin(world, world.process({ progressInterval: 0 }))
    await reaches('pending')
    const created = job().phases.at(-1)?.startedAt ?? 0
    expect(job().nextPollAt).toBe(created + 5_000)
    expect(told.some(({ state, progress }) => state === 'preparing' && progress === 0)).toBe(true)
    await world.clock.advance(4_900 - (world.clock.now() - created))
    expect(world.provider.calls.query).toHaveLength(0)
    await world.clock.advance(200)
    expect(world.provider.calls.query).toHaveLength(1)
    await world.clock.advance(14_000)
    expect(world.provider.calls.query).toHaveLength(1)
    await world.clock.advance(1_500)
    expect(world.provider.calls.query).toHaveLength(2)
    expect(job().expiresAt).toBe((job().phases[3]?.startedAt ?? 0) + 24 * hour)
  })

  it('uploads the prepared clip and keeps it for the comparison', async () => {
    const world = createJobsWorld()
    const process = world.process()
    process.jobs.start()
    const spec = world.spec()
    const files = spec.files.map((file) => ({ ...file, selection: { start: 1, end: 4 } }))
    const { id } = process.jobs.submit({ ...spec, files })
    await world.clock.until(() => process.jobs.get(id)?.state === 'saved')
    const entry = process.library.list({ words: '', providers: [] })[0]
    expect(process.library.beforeOf(entry?.id ?? '')).toBe(
      path.join(world.folder, 'sent', `${id}.mp4`),
    )
    expect(existsSync(world.clipPath)).toBe(true)
    // A link to the app's own file costs no space.
    expect(statSync(path.join(world.folder, 'cut.mp4')).nlink).toBe(2)
  })

  it('keeps the sent clip although the person changes the own file', async () => {
    const world = createJobsWorld()
    world.provider.script.upload = [
      async () => {
        writeFileSync(world.clipPath, 'clip of something else')
        return 'oss://bucket/beach.mp4'
      },
    ]
    const { reaches, library } = begin(world)
    await reaches('saved')
    const [entry] = library.list({ words: '', providers: [] })
    expect(readFileSync(library.beforeOf(entry?.id ?? '') ?? '', 'utf8')).toBe('clip of a beach')
  })
})

it('a process that is started for one job does not drive the others', async () => {
  const world = createJobsWorld()
  const { jobs } = world.process()
  const [first, second] = [jobs.submit(world.spec()), jobs.submit(world.spec())]
  jobs.start(second.id)
  await world.clock.until(() => jobs.get(second.id)?.state === 'saved')
  expect(jobs.get(first.id)?.state).toBe('queued')
})

describe('several jobs', () => {
  it('run at the same time, each with one create', async () => {
    const world = createJobsWorld()
    const { jobs } = world.process()
    jobs.start()
    const ids = Array.from({ length: 6 }, () => jobs.submit(world.spec()).id)
    expect(jobs.active()).toBe(6)
    world.provider.script.query = [succeeded]
    await world.clock.until(() => jobs.list().every((job) => job.state === 'saved'))
    expect(world.provider.calls.create).toHaveLength(6)
    expect(new Set(jobs.list().map((job) => job.taskId)).size).toBe(6)
    expect(jobs.list().map((job) => job.id)).toEqual(ids.toReversed())
    expect(jobs.active()).toBe(0)
    await jobs.drain()
  })

  it('are sent in the order of their submission, also after a restart', async () => {
    const world = createJobsWorld()
    const { jobs } = world.process()
    const prompts = ['first', 'second', 'third']
    for (const prompt of prompts) jobs.submit(world.spec({ prompt }))
    jobs.start()
    await world.clock.until(() => world.provider.calls.create.length === 3)
    expect(world.provider.calls.create.map(({ prompt }) => prompt)).toEqual(prompts)
  })
})

describe('a database that fails for a while', () => {
  const full = () => Object.assign(new Error('disk is full'), { code: 'ERR_SQLITE_ERROR' })

  it('does not submit a job twice', async () => {
    const world = createJobsWorld()
    const { jobs, store } = world.process()
    jobs.start()
    const claim = store.claim
    store.claim = () => {
      store.claim = claim
      throw full()
    }
    const { id } = jobs.submit(world.spec())
    await world.clock.until(() => jobs.get(id)?.state === 'saved')
    expect(jobs.list()).toHaveLength(1)
  })

  it('does not fail a job, which goes on at the next heartbeats', async () => {
    const world = createJobsWorld()
    const { jobs, store } = world.process()
    const change = store.change
    const times: number[] = []
    store.change = (...args) => {
      if (times.length === 3) return change(...args)
      times.push(world.clock.now())
      throw full()
    }
    const logged = vi.spyOn(silentLog, 'error')
    jobs.start()
    const { id } = jobs.submit(world.spec())
    await world.clock.until(() => jobs.get(id)?.state === 'saved')
    expect(times.map((time) => time - (times[0] ?? 0))).toEqual([0, 30_000, 60_000])
    expect(logged).toHaveBeenCalledWith('Driving a job failed', {
      job: id,
      error: expect.objectContaining({ message: 'disk is full' }),
    })
  })

  it.each([
    ['claim a job', 'unfinished', 'Driving the jobs failed'],
    ['renew a lease', 'renew', 'Driving the jobs failed'],
    ['release a job', 'release', 'A job could not be released'],
  ] as const)(
    'is logged if it could not %s, and the jobs go on',
    async (_what, method, message) => {
      const world = createJobsWorld()
      const { jobs, store } = world.process()
      const working = store[method]
      const fail = (): never => {
        Object.assign(store, { [method]: working })
        throw full()
      }
      const logged = vi.spyOn(silentLog, 'error')
      world.provider.script.query = [pending, pending, pending, pending, succeeded]
      jobs.start()
      const { id } = jobs.submit(world.spec())
      store[method] = fail
      await world.clock.until(() => jobs.get(id)?.state === 'saved')
      await world.clock.settle()
      expect(logged).toHaveBeenCalledWith(message, expect.objectContaining({ error: full() }))
    },
  )
})

describe('a process', () => {
  it('that was started for one job can be started for others', async () => {
    const world = createJobsWorld()
    const { jobs } = world.process()
    const [first, second, third] = [1, 2, 3].map(() => jobs.submit(world.spec()).id)
    jobs.start(second)
    jobs.start(third)
    await world.clock.until(() => jobs.active() === 1)
    expect([first, second, third].map((id) => jobs.get(id ?? '')?.state)).toEqual([
      'queued',
      'saved',
      'saved',
    ])
  })

  it('that drives all jobs can also be started for one', async () => {
    const world = createJobsWorld()
    const { jobs } = world.process()
    const ids = [1, 2].map(() => jobs.submit(world.spec()).id)
    jobs.start()
    jobs.start(ids[0])
    await world.clock.until(() => jobs.active() === 0)
  })

  it('can be started again after it was stopped', async () => {
    const world = createJobsWorld()
    const { jobs, reaches } = begin(world)
    await jobs.stop()
    jobs.start()
    await reaches('saved')
    expect(world.provider.calls.create).toHaveLength(1)
  })

  it('keeps its jobs as long as it runs', async () => {
    const world = createJobsWorld()
    world.provider.script.query = [running]
    const one = begin(world)
    await one.reaches('running')
    const queries = world.provider.calls.query.length
    world.process().jobs.start()
    await world.clock.advance(10 * 60_000)
    // The second one would double them.
    expect(world.provider.calls.query.length - queries).toBe(40)
  })

  it('waits for its jobs until it is stopped', async () => {
    const world = createJobsWorld()
    world.provider.script.query = [running]
    const { jobs, reaches } = begin(world)
    const stop = new AbortController()
    let end = ''
    void jobs.drain(stop.signal).then(
      () => {
        end = 'drained'
      },
      (error: Error) => {
        end = error.name
      },
    )
    await reaches('running')
    await world.clock.advance(60_000)
    expect(end).toBe('')
    stop.abort()
    await world.clock.settle()
    expect(end).toBe('AbortError')
  })

  it('that waits for its jobs drives them', async () => {
    const world = createJobsWorld()
    const { jobs } = world.process()
    const { id } = jobs.submit(world.spec())
    let drained = false
    void jobs.drain().then(() => {
      drained = true
    })
    await world.clock.until(() => drained)
    expect(jobs.get(id)?.state).toBe('saved')
  })

  it('is done with a job as soon as the person has given it up', async () => {
    const world = createJobsWorld()
    world.provider.script.create = [providerError('temporary', 'maybe')]
    const { jobs, reaches, id } = begin(world)
    await reaches('uncertain')
    await world.clock.settle()
    await jobs.resolve(id, { kind: 'give-up' })
    let drained = false
    void jobs.drain().then(() => {
      drained = true
    })
    await world.clock.settle()
    expect(drained).toBe(true)
  })

  it('that stops has nothing to report', async () => {
    const world = createJobsWorld()
    world.provider.script.query = [running]
    const logged = vi.spyOn(silentLog, 'error')
    const { jobs, reaches } = begin(world)
    await reaches('running')
    await jobs.stop()
    await world.clock.settle()
    expect(logged).not.toHaveBeenCalledWith('The heartbeat of the jobs stopped', expect.anything())
  })
})

describe('a job that', () => {
  it('does not exist has no view and no retry', async () => {
    const { jobs } = createJobsWorld().process()
    expect(jobs.get('nobody')).toBeNull()
    await expect(jobs.retry('nobody')).rejects.toThrow('job.notFound')
    await expect(jobs.resolve('nobody', { kind: 'give-up' })).rejects.toThrow('job.notFound')
  })

  it('is saved cannot be retried', async () => {
    const world = createJobsWorld()
    const { jobs, reaches, id } = begin(world)
    await reaches('saved')
    await expect(jobs.retry(id)).rejects.toThrow('job.cannotRetry')
    await expect(jobs.resolve(id, { kind: 'look-again' })).rejects.toThrow('job.notUncertain')
  })

  it('continues after a failure is new to the person again', async () => {
    const world = createJobsWorld()
    world.provider.script.query = [providerError('auth', 'refused', 'enter-key')]
    const { jobs, isHeld, id } = begin(world)
    await isHeld()
    jobs.seen([id])
    world.provider.script.query = [running]
    expect(await jobs.retry(id)).toMatchObject({ failure: null, seen: false })
  })

  it('is at a provider that cancels no tasks cannot be cancelled there', async () => {
    const world = createJobsWorld()
    world.provider.script.query = [pending]
    const { jobs } = world.process()
    jobs.start()
    const ids = (['dashscope', 'evolink'] as const).map(
      (provider) => jobs.submit(world.spec({ provider })).id,
    )
    await world.clock.until(() => jobs.list().every(({ state }) => state === 'pending'))
    expect(ids.map((id) => jobs.get(id)?.canCancel)).toEqual([true, false])
  })

  it('needs a decision is not under way', async () => {
    const world = createJobsWorld()
    world.provider.script.create = [providerError('temporary', 'maybe')]
    delete world.provider.list
    const { jobs, reaches, id } = begin(world)
    await reaches('uncertain')
    expect(jobs.active()).toBe(0)
    await jobs.drain()
    expect(await jobs.resolve(id, { kind: 'give-up' })).toMatchObject({
      state: 'cancelled',
      seen: true,
    })
  })
})
