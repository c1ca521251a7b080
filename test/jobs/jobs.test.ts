import { existsSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { begin, hour } from '../support/begin-job'
import { pending, succeeded } from '../support/fake-provider'
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
    expect(entry).toMatchObject({ id: job().libraryId, jobId: id, prompt: 'snowy street' })
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
    const { reaches, job } = begin(world)
    await reaches('pending')
    const created = job().phases.at(-1)?.startedAt ?? 0
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

it('a job is submitted once, even if the next write to the database fails', async () => {
  const world = createJobsWorld()
  const { jobs, store } = world.process()
  jobs.start()
  const claim = store.claim
  store.claim = () => {
    store.claim = claim
    throw Object.assign(new Error('disk is full'), { code: 'ERR_SQLITE_ERROR' })
  }
  const { id } = jobs.submit(world.spec())
  await world.clock.until(() => jobs.get(id)?.state === 'saved')
  expect(jobs.list()).toHaveLength(1)
})
