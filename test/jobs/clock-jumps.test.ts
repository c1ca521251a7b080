import { describe, expect, it } from 'vitest'
import type { CreatedTask } from '../../main/providers/provider'
import { begin, hour } from '../support/begin-job'
import { offline, pending, providerError, running, succeeded } from '../support/fake-provider'
import { createJobsWorld } from '../support/jobs-world'

const day = 24 * hour

describe.each([
  ['5 hours ahead', 5 * hour],
  ['3 days ahead', 3 * day],
  ['a year ahead', 365 * day],
  ['5 hours back', -5 * hour],
  ['3 days back', -3 * day],
])('a clock that is set %s', (_what, jump) => {
  it.each(['preparing', 'uploading', 'submitting', 'pending', 'running', 'downloading'] as const)(
    'while a job is %s loses nothing and pays nothing twice',
    async (state) => {
      const world = createJobsWorld()
      world.provider.script.query = [pending, offline(), running, offline(), succeeded]
      const { jobs, id, reaches } = begin(world)
      const forget = jobs.onChange((job) => {
        if (job.id !== id || job.state !== state) return
        forget()
        world.clock.jump(jump)
      })
      await reaches('saved', hour)
      expect(world.provider.calls.create).toHaveLength(1)
    },
  )

  it('while a create is in flight, with another process, makes one task', async () => {
    const world = createJobsWorld()
    const answer = Promise.withResolvers<CreatedTask>()
    world.provider.script.create = [() => answer.promise]
    world.provider.script.list = [[]]
    const one = begin(world)
    await world.clock.until(() => world.provider.calls.create.length === 1)
    const two = world.process()
    two.jobs.start()
    world.clock.jump(jump)
    await world.clock.advance(20_000)
    answer.resolve({ taskId: 'task-1', requestId: null, sent: null })
    await one.reaches('saved', hour)
    expect(one.job().taskId).toBe('task-1')
    expect(world.provider.calls.create).toHaveLength(1)
  })

  it('while a job waits without a network before its create does not end it', async () => {
    const world = createJobsWorld()
    world.provider.script.create = [
      offline(),
      offline(),
      { taskId: 't', requestId: null, sent: null },
    ]
    const { jobs, reaches } = begin(world)
    const forget = jobs.onChange(({ trouble }) => {
      if (trouble === null) return
      forget()
      world.clock.jump(jump)
    })
    await reaches('saved', hour)
  })
})

it('a clock that is set back by days makes an upload count as old', async () => {
  const world = createJobsWorld()
  const full = providerError('rate-limit', 'refused', 'wait', hour)
  world.provider.script.create = [full, { taskId: 't', requestId: null, sent: null }]
  const { reaches } = begin(world)
  await world.clock.until(() => world.provider.calls.create.length === 1)
  world.clock.jump(-3 * day)
  await reaches('saved', day)
  expect(world.provider.calls.upload).toHaveLength(2)
})
