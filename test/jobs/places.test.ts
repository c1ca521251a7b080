import { describe, expect, it } from 'vitest'
import { hour } from '../support/begin-job'
import { running, succeeded } from '../support/fake-provider'
import { createJobsWorld } from '../support/jobs-world'

/** Jobs at a provider that accepts two tasks at a time, and the tasks that are done. */
const submitted = async (count: number) => {
  const world = createJobsWorld()
  const { provider, clock } = world
  provider.row.activeTasks = 2
  const done = new Set<string>()
  provider.query = async (taskId) => (done.has(taskId) ? succeeded : running)
  const process = world.process()
  process.jobs.start()
  const ids: string[] = []
  for (let at = 0; at < count; at++) {
    ids.push(process.jobs.submit(world.spec()).id)
    await clock.settle()
  }
  const job = (at: number) => process.jobs.get(ids[at] ?? '')
  return { world, ...process, ids, job, done }
}

describe('a provider that accepts a few tasks at a time', () => {
  it('gets no more than that; the other jobs follow in order and report why they wait', async () => {
    const { world, job, done } = await submitted(4)
    await world.clock.until(() => job(2)?.trouble !== null, hour)
    for (const at of [2, 3])
      expect(job(at)).toMatchObject({
        state: 'uploading',
        trouble: { key: 'job.noPlace', values: { provider: 'DashScope', count: 2 } },
      })
    expect(world.provider.calls.create).toHaveLength(2)

    done.add('task-1')
    await world.clock.until(() => job(2)?.taskId === 'task-3', hour)
    expect(job(2)?.trouble).toBeNull()
    expect([job(3)?.state, world.provider.calls.create.length]).toEqual(['uploading', 3])
    expect(job(3)?.trouble?.key).toBe('job.noPlace')

    done.add('task-2').add('task-3').add('task-4')
    await world.clock.until(() => [0, 1, 2, 3].every((at) => job(at)?.state === 'saved'), hour)
    expect(world.provider.calls.create).toHaveLength(4)
  })

  it('does not count a task that it no longer knows', async () => {
    const { world, jobs, job } = await submitted(3)
    await world.clock.until(() => job(2)?.trouble !== null, hour)
    const { query } = world.provider
    world.provider.query = async (taskId, call) =>
      taskId === 'task-1' ? { status: 'unknown', word: '', requestId: null } : query(taskId, call)
    await world.clock.until(() => job(2)?.taskId === 'task-3', hour)
    expect(job(0)?.failure?.text.key).toBe('job.lostTrack')
    expect(jobs.active()).toBe(3)
  })

  it('reports why jobs wait that were in the queue before it was full', async () => {
    const world = createJobsWorld()
    world.provider.row.activeTasks = 1
    world.provider.script.query = [running]
    const first = Promise.withResolvers<void>()
    const { create } = world.provider
    world.provider.create = async (...args) => {
      await first.promise
      return await create(...args)
    }
    const { jobs } = world.process()
    jobs.start()
    const ids = [1, 2, 3].map(() => jobs.submit(world.spec()).id)
    const troubles = () => ids.map((id) => jobs.get(id)?.trouble?.key ?? null)
    await world.clock.until(() => ids.every((id) => jobs.get(id)?.state !== 'queued'), hour)
    await world.clock.advance(hour / 60)
    expect(troubles()).toEqual([null, null, null])
    first.resolve()
    await world.clock.until(
      () => troubles().filter((key) => key === 'job.noPlace').length === 2,
      hour,
    )
    expect(world.provider.calls.create).toHaveLength(1)
  })

  it('sends the next job after a waiting one is cancelled, without a cost', async () => {
    const { world, jobs, ids, job, done } = await submitted(4)
    await world.clock.until(() => job(2)?.trouble !== null, hour)
    await jobs.cancel(ids[2] ?? '')
    done.add('task-1')
    await world.clock.until(() => job(3)?.taskId === 'task-3', hour)
    expect(job(2)).toMatchObject({ state: 'cancelled', taskId: null })
    expect(world.provider.calls.create).toHaveLength(3)
  })

  it('leaves a waiting job in its state when the app quits', async () => {
    const { world, jobs, job } = await submitted(3)
    await world.clock.until(() => job(2)?.trouble !== null, hour)
    await jobs.stop()
    expect(job(2)?.state).toBe('uploading')
  })
})
