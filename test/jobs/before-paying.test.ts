import { mkdirSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { silentLog } from '../../main/log'
import { mediaError } from '../../main/tools/media-error'
import { begin, minute } from '../support/begin-job'
import { offline, providerError } from '../support/fake-provider'
import { createJobsWorld, type JobsWorld } from '../support/jobs-world'

describe('what fails a job before it costs anything', () => {
  it.each([
    ['gone', (world: JobsWorld) => rmSync(world.clipPath), 'job.sourceGone'],
    [
      'changed in length',
      (world: JobsWorld) => writeFileSync(world.clipPath, 'clip of another beach'),
      'job.sourceChanged',
    ],
    [
      'changed in time',
      (world: JobsWorld) => utimesSync(world.clipPath, 1_000_000, 1_000_000),
      'job.sourceChanged',
    ],
  ])('a source that is %s', async (_what, spoil, key) => {
    const world = createJobsWorld()
    const process = world.process()
    const { id } = process.jobs.submit(world.spec())
    spoil(world)
    process.jobs.start()
    await world.clock.until(() => process.jobs.get(id)?.state === 'failed')
    const { failure, canRetry } = process.jobs.get(id) ?? {}
    expect(failure).toMatchObject({ kind: 'local', text: { key, values: { name: 'beach.mp4' } } })
    expect(canRetry).toBe(true)
    expect(world.provider.calls.upload).toEqual([])
  })

  it('a clip that fails the check, with the file and the finding in the failure', async () => {
    const world = createJobsWorld()
    writeFileSync(world.clipPath, 'text, not a clip')
    const { reaches, job } = begin(world)
    await reaches('failed')
    expect(job().failure).toMatchObject({
      action: 'fix-file',
      text: {
        key: 'job.refused',
        values: { name: 'beach.mp4', findingKey: 'finding.container', measured: 'text' },
      },
    })
    expect(world.provider.calls.upload).toEqual([])
  })

  it('a clip that the tool cannot prepare, with the file and the reason', async () => {
    const world = createJobsWorld()
    world.hooks.prepare = async () => {
      throw mediaError('timeout', { seconds: 60 }, 'the last lines of ffmpeg')
    }
    const warn = vi.spyOn(silentLog, 'warn')
    const { reaches, job, id } = begin(world)
    await reaches('failed')
    expect(job().failure).toMatchObject({
      kind: 'local',
      action: 'fix-file',
      text: {
        key: 'job.prepareFailed',
        values: { name: 'beach.mp4', causeKey: 'media.timeout', seconds: 60 },
      },
    })
    expect(warn).toHaveBeenCalledWith('A file could not be prepared', {
      job: id,
      detail: 'the last lines of ffmpeg',
    })
  })

  it('an error that nobody expected, which the log keeps', async () => {
    const world = createJobsWorld()
    const error = new Error('a bug')
    world.hooks.prepare = async () => {
      throw error
    }
    const logged = vi.spyOn(silentLog, 'error')
    const { reaches, job, id } = begin(world)
    await reaches('failed')
    expect(job().failure).toMatchObject({ action: 'try-again', text: { key: 'job.unexpected' } })
    expect(logged).toHaveBeenCalledWith('A job met an unexpected error', { job: id, error })
  })

  it('a source that changes while it is prepared', async () => {
    const world = createJobsWorld()
    world.hooks.prepare = async () => utimesSync(world.clipPath, 1_000_000, 1_000_000)
    const { reaches, job } = begin(world)
    await reaches('failed')
    expect(job().failure?.text.key).toBe('job.sourceChanged')
    expect(world.provider.calls.upload).toEqual([])
  })

  it('a folder in the place of a source', async () => {
    const world = createJobsWorld()
    const process = world.process()
    const { id } = process.jobs.submit(world.spec())
    rmSync(world.clipPath)
    mkdirSync(world.clipPath)
    process.jobs.start()
    await world.clock.until(() => process.jobs.get(id)?.state === 'failed')
    expect(process.jobs.get(id)?.failure?.text.key).toBe('job.sourceGone')
  })

  it('less space than 100 MiB and two copies of the clip', async () => {
    const needed = 100 * 1024 * 1024 + 2 * 'clip of a beach'.length
    const enough = createJobsWorld()
    enough.free.bytes = needed
    await begin(enough).reaches('saved')
    const world = createJobsWorld()
    world.free.bytes = needed - 1
    const { reaches, job } = begin(world)
    await reaches('failed')
    expect(job().failure).toMatchObject({
      action: 'free-space',
      text: {
        key: 'job.noSpace',
        values: { folder: path.join(world.folder, 'sent'), needed: 105, free: 104 },
      },
    })
  })

  it('a folder for sent clips without write access, which leaves no partial file', async () => {
    const world = createJobsWorld()
    const { jobs } = world.process()
    const { id } = jobs.submit(world.spec())
    const sent = path.join(world.folder, 'sent')
    mkdirSync(path.join(sent, `${id}.mp4`, 'a folder'), { recursive: true })
    jobs.start()
    await world.clock.until(() => jobs.get(id)?.state === 'failed')
    expect(readdirSync(sent)).toEqual([`${id}.mp4`])
    expect(world.provider.calls.upload).toEqual([])
  })

  it('an upload that the storage refuses', async () => {
    const world = createJobsWorld()
    const cause = providerError('auth', 'refused', 'enter-key')
    world.provider.script.upload = [cause]
    const info = vi.spyOn(silentLog, 'info')
    const { reaches, job, id } = begin(world)
    await reaches('failed')
    expect(job().failure?.action).toBe('enter-key')
    expect(info).toHaveBeenCalledWith('A job cannot go on', {
      job: id,
      failure: 'failure.auth',
      cause,
    })
    expect(world.provider.calls.create).toHaveLength(0)
  })

  it('a minute without a network; until then it waits', async () => {
    const world = createJobsWorld()
    world.provider.script.upload = [offline()]
    const { reaches, job } = begin(world)
    await reaches('uploading')
    await world.clock.advance(40_000)
    expect(job().state).toBe('uploading')
    await reaches('failed', 2 * minute)
    expect(job().failure?.action).toBe('reconnect')
  })
})

it('a clip without a still is sent all the same', async () => {
  const world = createJobsWorld()
  rmSync(path.join(world.folder, 'posters'), { recursive: true })
  const warn = vi.spyOn(silentLog, 'warn')
  const { reaches, job, id } = begin(world)
  await reaches('saved')
  expect(job().posterUrl).toBe('reshoot-media://poster/media-1?v=1')
  expect(warn).toHaveBeenCalledWith('No still of a file', {
    job: id,
    error: expect.objectContaining({ code: 'ENOENT' }),
  })
})
