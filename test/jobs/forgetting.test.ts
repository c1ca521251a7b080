import { readdirSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { begin, minute } from '../support/begin-job'
import { providerError } from '../support/fake-provider'
import { createJobsWorld } from '../support/jobs-world'

describe('removing jobs', () => {
  it('removes only ended jobs, with their files', async () => {
    const world = createJobsWorld()
    world.provider.script.create = [providerError('moderation', 'refused')]
    const { jobs, reaches, id, store } = begin(world)
    const removed: string[] = []
    jobs.onRemove((ids) => removed.push(...ids))
    jobs.remove([id])
    expect(removed).toEqual([])
    await reaches('failed')
    jobs.remove([id])
    expect(removed).toEqual([id])
    expect(jobs.list()).toEqual([])
    expect(store.events(id)).toEqual([])
    await world.clock.until(() => readdirSync(path.join(world.folder, 'sent')).length === 0)
  })

  it('leaves only the task id in the database', async () => {
    const world = createJobsWorld()
    const { jobs, reaches, id, store } = begin(world)
    await reaches('saved')
    expect(store.events(id).length).toBeGreaterThan(5)
    jobs.remove([id])
    expect(store.events(id)).toMatchObject([{ to: 'pending' }])
    expect([...store.taskIds()]).toEqual(['task-1'])
  })

  it('stops looking for the task of an uncertain job', async () => {
    const world = createJobsWorld()
    world.provider.script.create = [providerError('temporary', 'maybe')]
    const { jobs, reaches, id, job } = begin(world)
    await reaches('uncertain')
    await world.clock.settle()
    jobs.remove([id])
    expect(job).toThrow('gone')
    await world.clock.advance(5 * minute)
    expect(jobs.list()).toEqual([])
    await jobs.drain()
  })
})

it('a job remembers that the person has seen it', async () => {
  const world = createJobsWorld()
  const { jobs, reaches, id, job } = begin(world)
  await reaches('saved')
  expect(job().seen).toBe(false)
  jobs.seen([id, 'nobody'])
  expect(job().seen).toBe(true)
})
