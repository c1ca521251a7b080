import { describe, expect, it } from 'vitest'
import type { CreatedTask } from '../../../main/providers/provider'
import { begin, minute } from '../../support/begin-job'
import { offline, pending, providerError, running, succeeded } from '../../support/fake-provider'
import { createJobsWorld } from '../../support/jobs-world'

describe('cancelling', () => {
  it('before the create just stops the work', async () => {
    const world = createJobsWorld()
    world.provider.script.upload = [
      (signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason))
        }),
    ]
    const { jobs, reaches, id } = begin(world)
    await reaches('uploading')
    await world.clock.settle()
    expect((await jobs.cancel(id)).state).toBe('cancelled')
    expect(world.provider.calls.create).toHaveLength(0)
  })

  it('works for a queued job, even before `start`', async () => {
    const world = createJobsWorld()
    const { jobs } = world.process()
    const { id } = jobs.submit(world.spec())
    expect((await jobs.cancel(id)).state).toBe('cancelled')
    await expect(jobs.cancel(id)).rejects.toThrow('job.hasEnded')
  })

  it('cancels a pending task at the provider', async () => {
    const world = createJobsWorld()
    world.provider.script.query = [pending]
    const { jobs, reaches, id, job } = begin(world)
    await reaches('pending')
    expect(job().canCancel).toBe(true)
    expect((await jobs.cancel(id)).state).toBe('cancelled')
    expect(world.provider.calls.cancel).toEqual(['task-1'])
  })

  it('fails when it is too late, and the job continues', async () => {
    const world = createJobsWorld()
    world.provider.script.query = [pending]
    world.provider.script.cancel = ['too-late']
    const { jobs, reaches, id } = begin(world)
    await reaches('pending')
    await expect(jobs.cancel(id)).rejects.toThrow('job.tooLate')
    world.provider.script.query = [running]
    await reaches('running')
    await expect(jobs.cancel(id)).rejects.toThrow('job.tooLate')
    world.provider.script.query = [succeeded]
    await reaches('saved')
  })

  it('fails with the reason if the provider refuses', async () => {
    const world = createJobsWorld()
    world.provider.script.query = [pending]
    world.provider.script.cancel = [providerError('auth', 'refused', 'enter-key'), 'cancelled']
    const { jobs, reaches, id } = begin(world)
    await reaches('pending')
    await expect(jobs.cancel(id)).rejects.toMatchObject({
      text: { key: 'failure.auth' },
      action: 'enter-key',
    })
    expect((await jobs.cancel(id)).state).toBe('cancelled')
  })

  it('is repeated if the provider cannot be reached', async () => {
    const world = createJobsWorld()
    world.provider.script.query = [pending]
    world.provider.script.cancel = [offline(), offline(), 'cancelled']
    const { jobs, reaches, id } = begin(world)
    await reaches('pending')
    const cancelling = jobs.cancel(id)
    await world.clock.settle()
    expect(world.provider.calls.cancel).toHaveLength(1)
    await reaches('cancelled', minute)
    expect((await cancelling).state).toBe('cancelled')
    expect(world.provider.calls.cancel).toHaveLength(3)
  })

  it('waits for the answer of a create in flight', async () => {
    const world = createJobsWorld()
    const answer = Promise.withResolvers<CreatedTask>()
    world.provider.script.create = [() => answer.promise]
    const { jobs, reaches, id } = begin(world)
    await world.clock.until(() => world.provider.calls.create.length === 1)
    await reaches('submitting')
    const cancelling = jobs.cancel(id)
    await world.clock.settle()
    expect(world.provider.calls.cancel).toEqual([])
    answer.resolve({ taskId: 'task-c', requestId: null, sent: null })
    await reaches('cancelled')
    expect((await cancelling).state).toBe('cancelled')
    expect(world.provider.calls.cancel).toEqual(['task-c'])
  })

  it('cancels a job that another process drives', async () => {
    const world = createJobsWorld()
    world.provider.script.query = [pending]
    const { reaches, id } = begin(world)
    await reaches('pending')
    const command = world.process()
    const cancelling = command.jobs.cancel(id)
    await reaches('cancelled', minute)
    await world.clock.advance(10_000)
    expect((await cancelling).state).toBe('cancelled')
    expect(world.provider.calls.cancel).toHaveLength(1)
  })
})
