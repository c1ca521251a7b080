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

  it('is refused for a job that nobody knows', async () => {
    const { jobs } = createJobsWorld().process()
    await expect(jobs.cancel('nobody')).rejects.toThrow('job.notFound')
  })

  it('is refused where the provider cancels no tasks, and nothing is recorded', async () => {
    const world = createJobsWorld()
    delete world.provider.cancel
    world.provider.script.query = [pending]
    const { jobs, reaches, id, job, store } = begin(world)
    await reaches('pending')
    expect(job().canCancel).toBe(false)
    await expect(jobs.cancel(id)).rejects.toThrow('job.cannotCancel')
    expect(store.get(id)?.cancelRequested).toBe(false)
  })

  it('is too late if the provider stops to cancel tasks meanwhile', async () => {
    const world = createJobsWorld()
    const answer = Promise.withResolvers<CreatedTask>()
    world.provider.script.create = [() => answer.promise]
    world.provider.script.query = [pending]
    const { jobs, reaches, id, job } = begin(world)
    await reaches('submitting')
    const cancelling = jobs.cancel(id)
    delete world.provider.cancel
    answer.resolve({ taskId: 'task-c', requestId: null, sent: null })
    await expect(cancelling).rejects.toThrow('job.tooLate')
    expect(job()).toMatchObject({ state: 'pending', canCancel: false })
  })

  it('is too late if the task has begun before its provider is asked', async () => {
    const world = createJobsWorld()
    world.provider.script.query = [pending]
    const { jobs, reaches, id, store, job } = begin(world)
    await reaches('pending')
    const cancelling = jobs.cancel(id)
    store.change(id, null, { to: 'running' })
    await expect(cancelling).rejects.toThrow('job.tooLate')
    expect(job()).toMatchObject({ state: 'running' })
    expect(world.provider.calls.cancel).toEqual([])
  })

  it.each([
    ['was lost', providerError('temporary', 'maybe'), 'job.uncertain'],
    ['refuses it', providerError('moderation', 'refused'), 'job.hasEnded'],
  ])('fails if the answer to the create %s', async (_what, error, key) => {
    const world = createJobsWorld()
    const answer = Promise.withResolvers<CreatedTask>()
    world.provider.script.create = [() => answer.promise]
    const { jobs, reaches, id, store } = begin(world)
    await reaches('submitting')
    const cancelling = jobs.cancel(id)
    await world.clock.settle()
    answer.reject(error)
    const refused = expect(cancelling).rejects.toThrow(key)
    await world.clock.until(() => store.get(id)?.state !== 'submitting')
    await world.clock.advance(1_000)
    await refused
  })

  it('is reported as under way after a minute, and happens later', async () => {
    const world = createJobsWorld()
    const answer = Promise.withResolvers<'cancelled'>()
    world.provider.script.query = [pending]
    world.provider.script.cancel = [() => answer.promise]
    const { jobs, reaches, id, job } = begin(world)
    await reaches('pending')
    let refusal = ''
    void jobs.cancel(id).catch((error: Error) => {
      refusal = error.message
    })
    await world.clock.advance(minute - 1_000)
    expect(refusal).toBe('')
    await world.clock.advance(2_000)
    expect(refusal).toBe('job.cancelLater')
    expect(job()).toMatchObject({ state: 'pending', canCancel: false })
    answer.resolve('cancelled')
    await reaches('cancelled')
  })

  it('by a command that drives nothing else leaves a job that it could not cancel', async () => {
    const world = createJobsWorld()
    world.provider.script.query = [pending]
    world.provider.script.cancel = ['too-late']
    const one = begin(world)
    await one.reaches('pending')
    await one.jobs.stop()
    const queries = world.provider.calls.query.length
    const command = world.process()
    await expect(command.jobs.cancel(one.id)).rejects.toThrow('job.tooLate')
    await world.clock.advance(5 * minute)
    expect(world.provider.calls.query).toHaveLength(queries)
    const other = world.process()
    world.provider.script.query = [succeeded]
    other.jobs.start()
    await one.reaches('saved')
  })

  it('that meets a bug leaves the job with its task', async () => {
    const world = createJobsWorld()
    world.provider.script.query = [pending]
    world.provider.script.cancel = [new Error('a bug')]
    const { jobs, reaches, isHeld, id, job } = begin(world)
    await reaches('pending')
    const cancelling = jobs.cancel(id)
    await isHeld()
    expect(job().failure?.text.key).toBe('job.unexpectedError')
    world.provider.script.cancel = ['cancelled']
    await reaches('cancelled')
    await cancelling
  })
})
