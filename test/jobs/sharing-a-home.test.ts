import { describe, expect, it } from 'vitest'
import type { CreatedTask } from '../../main/providers/provider'
import { begin, hour, minute } from '../support/begin-job'
import { pending, providerError, running, succeeded } from '../support/fake-provider'
import { createJobsWorld } from '../support/jobs-world'

describe('processes that share a home', () => {
  it('drive a job once', async () => {
    const world = createJobsWorld()
    const one = begin(world)
    const two = world.process()
    two.jobs.start()
    await one.reaches('saved')
    expect(world.provider.calls.create).toHaveLength(1)
    expect(world.provider.calls.upload).toHaveLength(1)
    await world.clock.advance(20_000)
    expect(two.told.map((job) => job.state)).toContain('saved')
  })

  it.each(['preparing', 'uploading', 'pending', 'running', 'downloading'] as const)(
    'continue a job that another one left in %s',
    async (state) => {
      const world = createJobsWorld()
      const held = Promise.withResolvers<never>()
      const hold = async (signal: AbortSignal) => {
        signal.throwIfAborted()
        signal.addEventListener('abort', () => held.reject(signal.reason))
        return await held.promise
      }
      if (state === 'preparing')
        world.hooks.prepare = async (signal) => signal && (await hold(signal))
      if (state === 'uploading') world.provider.script.upload = [hold]
      if (state === 'pending') world.provider.script.query = [pending]
      if (state === 'running') world.provider.script.query = [running]
      if (state === 'downloading') world.downloads.splice(0, 1, hold)
      const one = begin(world)
      await one.reaches(state)
      await one.jobs.stop()
      expect(one.job().state).toBe(state)
      world.hooks.prepare = async () => {}
      world.provider.script.upload = []
      world.provider.script.query = [succeeded]
      world.downloads.splice(0, 1, 'result')
      const two = world.process()
      two.jobs.start()
      await one.reaches('saved')
      expect(world.provider.calls.create).toHaveLength(1)
      expect(one.library.list({ words: '', providers: [] })).toHaveLength(1)
    },
  )

  it('continue the job of a process that crashed', async () => {
    const world = createJobsWorld()
    world.provider.script.query = [running]
    const one = begin(world)
    await one.reaches('running')
    world.dead.add(one.pid)
    const two = world.process()
    world.provider.script.query = [succeeded]
    two.jobs.start()
    await one.reaches('saved')
    expect(world.provider.calls.create).toHaveLength(1)
  })

  it('do not repeat uploads after a restart', async () => {
    const world = createJobsWorld()
    const never = Promise.withResolvers<CreatedTask>()
    world.provider.script.create = [providerError('rate-limit', 'refused', 'wait', 30 * minute)]
    const one = begin(world)
    await world.clock.until(() => world.provider.calls.create.length === 1)
    await one.reaches('uploading')
    await one.jobs.stop()
    world.provider.script.create = []
    const two = world.process()
    two.jobs.start()
    await one.reaches('saved')
    expect(world.provider.calls.upload).toHaveLength(1)
    never.resolve({ taskId: '', requestId: null, sent: null })
  })

  it('repeat an upload whose URL has become too old', async () => {
    const world = createJobsWorld()
    world.provider.script.create = [providerError('rate-limit', 'refused', 'wait', 30 * minute)]
    const one = begin(world)
    await world.clock.until(() => world.provider.calls.create.length === 1)
    await one.jobs.stop()
    world.provider.script.create = []
    await world.clock.advance(48 * hour)
    const two = world.process()
    two.jobs.start()
    await one.reaches('saved')
    expect(world.provider.calls.upload).toHaveLength(2)
  })
})

describe('stopping', () => {
  it('waits a moment for the answer of a create in flight', async () => {
    const world = createJobsWorld()
    const answer = Promise.withResolvers<CreatedTask>()
    world.provider.script.create = [() => answer.promise]
    const { jobs, job } = begin(world)
    await world.clock.until(() => world.provider.calls.create.length === 1)
    const stopping = jobs.stop()
    await world.clock.settle()
    answer.resolve({ taskId: 'task-in-time', requestId: null, sent: null })
    await stopping
    expect(job()).toMatchObject({ state: 'pending', taskId: 'task-in-time' })
  })

  it('does not wait forever: the next process looks for the task', async () => {
    const world = createJobsWorld()
    const hang = (signal: AbortSignal) =>
      new Promise<CreatedTask>((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason))
      })
    world.provider.script.create = [hang]
    const { jobs, job, reaches } = begin(world)
    await world.clock.until(() => world.provider.calls.create.length === 1)
    let stopped = false
    const stopping = jobs.stop().then(() => {
      stopped = true
    })
    await world.clock.until(() => stopped, minute)
    await stopping
    expect(job().state).toBe('uncertain')
    const found = { taskId: 'task-found', createdAt: world.clock.now(), status: 'RUNNING' }
    world.provider.script.list = [[found]]
    world.process().jobs.start()
    await reaches('saved')
    expect(job().taskId).toBe('task-found')
    expect(world.provider.calls.create).toHaveLength(1)
  })
})
