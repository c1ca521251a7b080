import path from 'node:path'
import { describe, expect, it } from 'vitest'
import type { CreatedTask } from '../../../main/providers/provider'
import { begin, hour, minute } from '../../support/begin-job'
import { providerError, succeeded } from '../../support/fake-provider'
import { createJobsWorld, type JobsWorld } from '../../support/jobs-world'

describe('an uncertain job', () => {
  const lost = (world: JobsWorld) => {
    world.provider.script.create = [providerError('temporary', 'maybe')]
  }
  const listed = (world: JobsWorld, ...ids: string[]) =>
    ids.map((taskId) => ({ taskId, createdAt: world.clock.now(), status: 'RUNNING' }))

  it('gets its task if exactly one in the list is possible', async () => {
    const world = createJobsWorld()
    lost(world)
    world.provider.script.list = [[], listed(world, 'task-found')]
    const { reaches, job } = begin(world)
    await reaches('saved')
    expect(job().taskId).toBe('task-found')
    expect(world.provider.calls.create).toHaveLength(1)
  })

  describe.each([
    ['is ten minutes ahead', -10 * minute],
    ['is three days ahead', -72 * hour],
    ['is three days behind', 72 * hour],
  ])('on a computer whose clock %s', (_what, ahead) => {
    const withTask = (tellsTime: boolean) => {
      const world = createJobsWorld()
      lost(world)
      const now = () => world.clock.now() + ahead
      const task = { taskId: 'task-found', createdAt: now() + 1_000, status: 'RUNNING' }
      world.provider.list = async () => ({
        tasks: [task],
        isComplete: true,
        now: tellsTime ? now() : null,
      })
      return world
    }

    it('gets its task by the clock of the provider', async () => {
      const { reaches, job } = begin(withTask(true))
      await reaches('saved')
      expect(job().taskId).toBe('task-found')
    })

    it('needs a decision if the provider does not tell its time', async () => {
      const world = withTask(false)
      const { jobs, reaches, job } = begin(world)
      await reaches('uncertain')
      const drained = jobs.drain()
      await world.clock.advance(hour)
      await drained
      expect(job()).toMatchObject({
        state: 'uncertain',
        failure: { text: { key: 'job.uncertainSeveral' } },
      })
    })
  })

  it('needs a decision if the list is cut off', async () => {
    const world = createJobsWorld()
    lost(world)
    world.provider.list = async () => ({ tasks: [], isComplete: false, now: null })
    const { reaches, job } = begin(world)
    await reaches('uncertain')
    await world.clock.advance(hour)
    expect(job()).toMatchObject({ state: 'uncertain', looking: false })
  })

  it('needs a decision if nobody looked while the provider listed the task', async () => {
    const world = createJobsWorld()
    lost(world)
    const first = begin(world)
    await first.reaches('uncertain')
    await first.jobs.stop()
    await world.clock.advance(25 * hour)
    world.process().jobs.start()
    await world.clock.advance(hour)
    expect(first.job()).toMatchObject({ state: 'uncertain', looking: false })
  })

  it('does not get the task of a removed job', async () => {
    const world = createJobsWorld()
    world.provider.script.query = [succeeded]
    const first = begin(world)
    await first.reaches('saved')
    first.jobs.remove([first.id])
    lost(world)
    world.provider.script.list = [listed(world, 'task-1')]
    const { id } = first.jobs.submit(world.spec())
    await world.clock.until(() => first.jobs.get(id)?.state === 'failed', hour)
    expect(first.jobs.get(id)).toMatchObject({
      taskId: null,
      failure: { text: { key: 'job.notCreated' } },
    })
  })

  it('needs a decision if several tasks are possible', async () => {
    const world = createJobsWorld()
    lost(world)
    world.provider.script.list = [listed(world, 'a', 'b')]
    world.provider.script.query = [succeeded]
    const { jobs, reaches, job, id } = begin(world)
    const looking = new Set<boolean | undefined>()
    jobs.onChange((changed) => changed.state === 'uncertain' && looking.add(changed.looking))
    await reaches('uncertain')
    await jobs.drain()
    expect(job().failure?.text.key).toBe('job.uncertainSeveral')
    expect([...looking]).toEqual([true, false])
    world.provider.script.create = []
    const other = await jobs.resolve(id, { kind: 'submit-again' })
    expect(other.id).not.toBe(id)
    expect(job().state).toBe('cancelled')
    await world.clock.until(() => jobs.get(other.id)?.state === 'saved')
    expect(world.provider.calls.create).toHaveLength(2)
  })

  it('stays if its new submission could not be saved', async () => {
    const world = createJobsWorld()
    lost(world)
    delete world.provider.list
    const { jobs, reaches, job, id } = begin(world)
    await reaches('uncertain')
    await jobs.drain()
    world.library.folder = path.join(world.clipPath, 'inside a file')
    await expect(jobs.resolve(id, { kind: 'submit-again' })).rejects.toThrow('job.folder')
    expect(job().state).toBe('uncertain')
    expect(jobs.list()).toHaveLength(1)
  })

  it('waits for the person without a list; giving up ends it', async () => {
    const world = createJobsWorld()
    lost(world)
    delete world.provider.list
    const { jobs, reaches, job, id } = begin(world)
    await reaches('uncertain')
    await jobs.drain()
    await world.clock.advance(hour)
    expect(job().state).toBe('uncertain')
    expect((await jobs.resolve(id, { kind: 'give-up' })).state).toBe('cancelled')
    await expect(jobs.resolve(id, { kind: 'give-up' })).rejects.toThrow('job.notUncertain')
  })

  it('looks again on request', async () => {
    const world = createJobsWorld()
    lost(world)
    world.provider.script.list = [listed(world, 'a', 'b')]
    world.provider.script.query = [succeeded]
    const { jobs, reaches, job, id } = begin(world)
    await reaches('uncertain')
    await jobs.drain()
    world.provider.script.list = [listed(world, 'a')]
    await jobs.resolve(id, { kind: 'look-again' })
    await reaches('saved')
    expect(job().taskId).toBe('a')
  })

  it('is looked for again by each start', async () => {
    const world = createJobsWorld()
    lost(world)
    world.provider.script.list = [listed(world, 'a', 'b')]
    world.provider.script.query = [succeeded]
    const { jobs, reaches, job } = begin(world)
    await reaches('uncertain')
    await jobs.drain()
    expect(job().looking).toBe(false)
    await jobs.stop()
    world.provider.script.list = [listed(world, 'a')]
    world.process().jobs.start()
    await reaches('saved')
    expect(job().taskId).toBe('a')
  })

  it('does not get the task of one that the person gave up', async () => {
    const world = createJobsWorld()
    lost(world)
    world.provider.script.list = [[]]
    world.provider.script.query = [succeeded]
    const first = begin(world)
    const second = first.jobs.submit(world.spec({ prompt: 'another one' }))
    await world.clock.until(() => first.jobs.list().every(({ state }) => state === 'uncertain'))
    world.provider.script.list = [listed(world, 'a')]
    await world.clock.until(() => first.jobs.list().every(({ looking }) => looking === false))
    await first.jobs.resolve(first.id, { kind: 'give-up' })
    await first.jobs.resolve(second.id, { kind: 'look-again' })
    await first.jobs.drain()
    expect(first.jobs.get(second.id)).toMatchObject({ state: 'uncertain', taskId: null })
  })

  it.each([
    ['by its task', { kind: 'arrived', taskId: 'task-told' }, 'saved', 'task-told'],
    ['because nothing arrived', { kind: 'never-arrived' }, 'failed', null],
  ] as const)('is settled by the person: %s', async (_what, decision, state, taskId) => {
    const world = createJobsWorld()
    lost(world)
    delete world.provider.list
    const { jobs, reaches, job, id } = begin(world)
    await reaches('uncertain')
    await jobs.drain()
    await jobs.resolve(id, decision)
    await reaches(state)
    expect(job().taskId).toBe(taskId)
    expect(world.provider.calls.create).toHaveLength(1)
  })

  it('is not settled by the task of another job', async () => {
    const world = createJobsWorld()
    const first = begin(world)
    await first.reaches('saved')
    lost(world)
    delete world.provider.list
    const { id } = first.jobs.submit(world.spec())
    await world.clock.until(() => first.jobs.get(id)?.state === 'uncertain')
    await expect(first.jobs.resolve(id, { kind: 'arrived', taskId: 'task-1' })).rejects.toThrow(
      'job.taskTaken',
    )
  })

  it('follows from a create in flight whose process crashes', async () => {
    const world = createJobsWorld()
    const never = Promise.withResolvers<CreatedTask>()
    world.provider.script.create = [() => never.promise]
    const { reaches, job, pid } = begin(world)
    await reaches('submitting')
    await world.clock.until(() => world.provider.calls.create.length === 1)
    world.provider.script.list = [listed(world, 'task-of-the-dead')]
    world.dead.add(pid)
    const heir = world.process()
    heir.jobs.start()
    await reaches('saved')
    expect(job().taskId).toBe('task-of-the-dead')
    expect(world.provider.calls.create).toHaveLength(1)
    never.reject(new Error('the end'))
  })

  it('accepts a late answer after another process has claimed it', async () => {
    const world = createJobsWorld()
    const late = Promise.withResolvers<CreatedTask>()
    world.provider.script.create = [() => late.promise]
    const { reaches, job, pid } = begin(world)
    await world.clock.until(() => world.provider.calls.create.length === 1)
    world.dead.add(pid) // in fact the computer only slept
    const heir = world.process()
    heir.jobs.start()
    await reaches('uncertain')
    late.resolve({ taskId: 'task-late', requestId: null, sent: null })
    await reaches('saved')
    expect(job().taskId).toBe('task-late')
  })
})
