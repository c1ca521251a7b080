import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { jobPoster } from '../../main/home'
import { DownloadError } from '../../main/jobs/download'
import { silentLog } from '../../main/log'
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

  it('deletes the still and the part of a download', async () => {
    const world = createJobsWorld()
    world.downloads.splice(0, 1, async () => {
      writeFileSync(path.join(world.library.folder, `.reshoot-${id}.part`), 'res')
      throw new DownloadError('too-large', 'no', true)
    })
    const { jobs, isHeld, id } = begin(world)
    await isHeld()
    const files = () => [
      ...readdirSync(path.join(world.folder, 'posters')),
      ...readdirSync(path.join(world.folder, 'sent')),
      ...readdirSync(world.library.folder),
    ]
    expect(files()).toHaveLength(3)
    jobs.remove([id])
    await world.clock.until(() => files().length === 0)
  })

  it('has deleted the files when the jobs have stopped', async () => {
    const world = createJobsWorld()
    world.provider.script.create = [providerError('moderation', 'refused')]
    const { jobs, reaches, id } = begin(world)
    await reaches('failed')
    jobs.remove([id])
    await jobs.stop()
    expect(readdirSync(path.join(world.folder, 'sent'))).toEqual([])
  })

  it('leaves the sent clip of a result', async () => {
    const world = createJobsWorld()
    const { jobs, reaches, id, library } = begin(world)
    await reaches('saved')
    const [entry] = library.list({ words: '', providers: [] })
    const poster = jobPoster({ posters: path.join(world.folder, 'posters') }, id)
    expect(existsSync(poster)).toBe(true)
    jobs.remove([id])
    await world.clock.until(() => !existsSync(poster))
    expect(readdirSync(path.join(world.folder, 'sent'))).toEqual([`${id}.mp4`])
    expect(library.list({ words: '', providers: [] })).toEqual([entry])
  })

  it('logs a file that cannot be deleted', async () => {
    const world = createJobsWorld()
    world.provider.script.create = [providerError('moderation', 'refused')]
    const { jobs, reaches, id } = begin(world)
    await reaches('failed')
    const sent = path.join(world.folder, 'sent', `${id}.mp4`)
    rmSync(sent)
    mkdirSync(sent)
    const warn = vi.spyOn(silentLog, 'warn')
    jobs.remove([id])
    await world.clock.until(() => warn.mock.calls.length > 0)
    expect(warn).toHaveBeenCalledWith('A file of a removed job could not be deleted', {
      job: id,
      error: expect.any(Error),
    })
    expect(jobs.list()).toEqual([])
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
  const { jobs, reaches, id, job, store } = begin(world)
  await reaches('saved')
  expect(job().seen).toBe(false)
  jobs.seen([id, 'nobody'])
  expect(job().seen).toBe(true)
  const revision = store.get(id)?.revision
  jobs.seen([id])
  expect(store.get(id)?.revision).toBe(revision)
})
