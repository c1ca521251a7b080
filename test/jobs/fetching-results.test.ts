import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { DownloadError } from '../../main/jobs/download'
import type { TaskStatus } from '../../main/providers/provider'
import { begin, hour } from '../support/begin-job'
import { succeeded } from '../support/fake-provider'
import { createJobsWorld } from '../support/jobs-world'

describe('the download', () => {
  const broken = () => new DownloadError('broken', 'reset', false)
  it('goes on after breaks', async () => {
    const world = createJobsWorld()
    world.downloads.splice(0, 1, broken(), new DownloadError('broken', 'cut', true), 'result')
    const { reaches } = begin(world)
    await reaches('saved')
  })

  it('asks where the result is now when nothing answers at its link', async () => {
    const [gone, moved] = ['https://gone.example/one.mp4', 'https://moved.example/one.mp4']
    const at = (resultUrl: string): TaskStatus => ({
      status: 'succeeded',
      resultUrl,
      requestId: null,
      usage: null,
    })
    const asked: string[] = []
    const world = createJobsWorld({
      download: async ({ url, path: file, onStart }) => {
        asked.push(url)
        if (url === gone) throw new DownloadError('broken', 'ECONNREFUSED', false)
        writeFileSync(file, 'result')
        await onStart({ etag: null, total: null })
        return { bytes: 6 }
      },
    })
    world.provider.script.query = [at(gone), at(moved)]
    const { reaches } = begin(world)
    await reaches('saved')
    expect(asked).toEqual([gone, gone, moved])
  })

  it('asks for a fresh link a few times, then leaves the result for another try without paying', async () => {
    const world = createJobsWorld()
    const refused = new DownloadError('refused', 'HTTP 403', false)
    world.downloads.splice(0, 1, refused, refused, 'result')
    const one = begin(world)
    await one.reaches('saved')
    world.downloads.splice(0, 1, refused)
    const two = begin(world, one)
    await two.reaches('failed', hour)
    expect(two.job()).toMatchObject({
      resumes: true,
      failure: { text: { key: 'job.downloadFailed' }, action: 'try-again' },
    })
    world.downloads.splice(0, 1, 'result')
    await two.jobs.retry(two.id)
    await two.reaches('saved')
    expect(world.provider.calls.create).toHaveLength(2)
  })

  it('says that the result is gone when the service no longer knows the task', async () => {
    const world = createJobsWorld()
    world.downloads.splice(0, 1, new DownloadError('refused', 'HTTP 403', false))
    world.provider.script.query = [
      succeeded,
      { status: 'unknown', word: 'UNKNOWN', requestId: null },
    ]
    const { reaches, job } = begin(world)
    await reaches('expired', hour)
    expect(job().failure?.text.key).toBe('job.expired')
  })

  it('says that the result is gone when its time is over', async () => {
    const world = createJobsWorld()
    world.provider.row.retention = hour
    world.downloads.splice(0, 1, async () => {
      await world.clock.sleep(2 * hour)
      throw new DownloadError('refused', 'HTTP 403', false)
    })
    const { reaches } = begin(world)
    await reaches('expired', 3 * hour)
  })

  it('is made once more when the result is damaged, then left for another try without paying', async () => {
    const world = createJobsWorld()
    world.downloads.splice(0, 1, 'garbage', 'garbage', 'result')
    const { jobs, reaches, job, id } = begin(world)
    await reaches('failed')
    expect(job().failure?.text.key).toBe('job.damaged')
    await jobs.retry(id)
    await reaches('saved')
    expect(world.provider.calls.create).toHaveLength(1)
    expect(
      readdirSync(path.join(world.folder, 'library')).filter((n) => n.includes('part')),
    ).toEqual([])
  })

  it('stops at a full disk and goes on when there is room', async () => {
    const world = createJobsWorld()
    const { jobs, reaches, job, id } = begin(world)
    await reaches('running')
    world.free.bytes = 1_000
    await reaches('failed')
    expect(job().failure).toMatchObject({ action: 'free-space' })
    world.free.bytes = 1e12
    await jobs.retry(id)
    await reaches('saved')
    expect(world.provider.calls.create).toHaveLength(1)
  })

  it('is given up after many breaks that brought nothing', async () => {
    const world = createJobsWorld()
    world.downloads.splice(0, 1, broken())
    const { reaches, job } = begin(world)
    await reaches('failed', 2 * hour)
    expect(job().failure?.text.key).toBe('job.downloadFailed')
  })
})

describe('a library folder that cannot be used', () => {
  it('is told before there is a job', () => {
    const world = createJobsWorld()
    world.library.folder = path.join(world.clipPath, 'inside a file')
    const { jobs } = world.process()
    expect(() => jobs.submit(world.spec())).toThrow(
      expect.objectContaining({
        name: 'JobError',
        text: { key: 'job.folder', values: { folder: world.clipPath } },
        action: 'choose-folder',
      }),
    )
    expect(jobs.list()).toEqual([])
  })

  it('is found before anything is paid for', async () => {
    const world = createJobsWorld()
    const { jobs } = world.process()
    const { id } = jobs.submit(world.spec())
    world.library.folder = path.join(world.clipPath, 'inside a file')
    jobs.start()
    await world.clock.until(() => jobs.get(id)?.state === 'failed')
    const failure = { text: { key: 'job.folder' }, action: 'choose-folder' }
    expect(jobs.get(id)).toMatchObject({ failure })
    expect(world.provider.calls.create).toEqual([])
  })

  it('is left for another one, also in the middle of a download', async () => {
    const world = createJobsWorld()
    const old = world.library.folder
    world.provider.script.query = [succeeded]
    world.downloads.splice(0, 1, async () => {
      world.library.folder = path.join(world.clipPath, 'inside a file')
      throw new DownloadError('broken', 'cut', true)
    })
    const { job, reaches, jobs, id, library } = begin(world)
    await reaches('failed')
    expect(job().failure?.text.key).toBe('job.folder')
    rmSync(old, { recursive: true })
    world.library.folder = path.join(world.folder, 'elsewhere')
    world.downloads.splice(0, 1, 'result')
    await jobs.retry(id)
    await reaches('saved')
    expect(library.pathOf(job().libraryId ?? '')).toContain('elsewhere')
    expect(world.provider.calls.create).toHaveLength(1)
  })
})
