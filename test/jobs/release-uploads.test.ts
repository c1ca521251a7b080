import { describe, expect, it, vi } from 'vitest'
import { type JobRecord, newRecord } from '../../main/jobs/record'
import { holdsUploads, isDoneWithUploads } from '../../main/jobs/release-uploads'
import { silentLog } from '../../main/log'
import type { Uploaded } from '../../main/uploads/uploads'
import { begin, hour } from '../support/begin-job'
import { pending, providerError, running, succeeded } from '../support/fake-provider'
import { createJobsWorld } from '../support/jobs-world'

const now = 1_000

const recordWith = (change: Partial<JobRecord>): JobRecord => ({
  ...newRecord({ id: 'job', setId: 'set' }, createJobsWorld().spec(), now),
  ...change,
})

const file = {
  role: 'reference-image' as const,
  path: '/one.png',
  name: 'one.png',
  contentType: 'image/png',
  bytes: 1,
  modifiedAt: 1,
}
const inBucket = { path: file.path, url: 'https://bucket.example/one.png', expiresAt: 2_000 }
const atProvider = { ...inBucket, url: 'oss://bucket/one.png' }

describe('whether a job may have files in the bucket', () => {
  it.each([
    ['nothing was prepared', { files: null, uploads: [] }, false],
    ['an upload in the bucket', { files: [file], uploads: [inBucket] }, true],
    ['an upload in the storage of the provider', { files: [file], uploads: [atProvider] }, false],
    [
      'an upload in a bucket without TLS',
      { files: [file], uploads: [{ ...inBucket, url: 'http://bucket.example/one.png' }] },
      true,
    ],
    ['an upload whose file is not known', { files: null, uploads: [inBucket] }, true],
    [
      'an address that only contains one',
      { files: [file], uploads: [{ ...inBucket, url: 'oss://a/https:' }] },
      false,
    ],
    ['one of each', { files: [file, file], uploads: [atProvider, inBucket] }, true],
    ['an upload that was not finished', { files: [file], uploads: [] }, true],
    ['what was deleted already', { files: [file], uploads: [], released: true }, false],
    ['the second of two not finished', { files: [file, file], uploads: [atProvider] }, true],
  ])('%s', (_what, change, expected) => {
    expect(holdsUploads(recordWith(change))).toBe(expected)
  })
})

describe('whether a job still needs its uploads', () => {
  const failed = { state: 'failed', taskId: 'task', expiresAt: 2_000 } as const
  it.each([
    ['a running job', { state: 'running' }, false],
    ['a saved job', { state: 'saved' }, true],
    ['an uncertain job, whose clip the provider may still fetch', { state: 'uncertain' }, false],
    ['a failed job without a task', { state: 'failed' }, true],
    ['a failed job whose task a retry continues', failed, false],
    ['a failed job whose result is known', { ...failed, resultUrl: 'https://result' }, true],
    ['a failed job whose task has expired', { ...failed, expiresAt: now }, true],
  ] as const)('%s: done with them %s %s', (_what, change, expected) => {
    expect(isDoneWithUploads(recordWith(change), now)).toBe(expected)
  })
})

/** A world whose uploads go to a bucket that records what is deleted. */
const bucketWorld = () => {
  const released: Uploaded[] = []
  const bucket = { isReachable: true }
  const world = createJobsWorld({
    uploads: {
      toUrl: async ({ name }) => `https://bucket.example/${name}`,
      release: async (uploaded) => {
        if (!bucket.isReachable) throw new Error('the bucket does not answer')
        released.push(uploaded)
      },
    },
  })
  return { world, released, bucket }
}

describe('deleting the uploads of a job', () => {
  const urls = ['https://bucket.example/beach.mp4']

  it('follows its end, once', async () => {
    const { world, released } = bucketWorld()
    world.provider.script.query = [running]
    const { reaches, store, id, jobs } = begin(world)
    await reaches('running')
    expect(released).toEqual([])
    expect(store.get(id)?.uploads).toHaveLength(1)
    world.provider.script.query = [succeeded]
    await reaches('saved')
    await jobs.drain()
    expect(released).toMatchObject([{ urls }])
    expect(released[0]?.paths).toEqual(store.get(id)?.files?.map(({ path }) => path))
    expect(store.get(id)?.uploads).toEqual([])
    world.process().jobs.start()
    await world.clock.settle()
    expect(released).toHaveLength(1)
  })

  it('is left out for the storage of a provider', async () => {
    let releases = 0
    const world = createJobsWorld({
      uploads: {
        toUrl: async ({ name }) => `oss://bucket/${name}`,
        release: async () => {
          releases++
        },
      },
    })
    const { reaches, jobs } = begin(world)
    await reaches('saved')
    await jobs.drain()
    expect(releases).toBe(0)
  })

  it('is left out for a job that a retry continues', async () => {
    const { world, released } = bucketWorld()
    world.provider.script.query = [providerError('auth', 'refused', 'enter-key')]
    const { isHeld, jobs } = begin(world)
    await isHeld()
    await jobs.drain()
    expect(released).toEqual([])
  })

  it('is tried again by the next process that drives all jobs', async () => {
    const { world, released, bucket } = bucketWorld()
    bucket.isReachable = false
    const { reaches, jobs, store, id } = begin(world)
    await reaches('saved')
    await jobs.drain()
    expect(store.get(id)?.uploads).toHaveLength(1)
    await jobs.stop()
    bucket.isReachable = true

    const command = world.process()
    const other = command.jobs.submit(world.spec())
    command.jobs.start(other.id)
    await world.clock.until(() => command.jobs.get(other.id)?.state === 'saved')
    await world.clock.settle()
    expect(released).toHaveLength(1) // of the job that the command drove
    await command.jobs.stop()

    world.process().jobs.start()
    await world.clock.until(() => store.get(id)?.uploads.length === 0, hour)
    expect(released).toHaveLength(2)
  })

  it('is logged when it fails, and the job has ended all the same', async () => {
    const { world, bucket } = bucketWorld()
    bucket.isReachable = false
    const warn = vi.spyOn(silentLog, 'warn')
    const { reaches, jobs, id } = begin(world)
    await reaches('saved')
    await jobs.drain()
    expect(warn).toHaveBeenCalledWith('Uploads could not be deleted', {
      job: id,
      error: expect.objectContaining({ message: 'the bucket does not answer' }),
    })
  })

  it('also deletes parts of an upload that was not finished', async () => {
    const { world, released } = bucketWorld()
    world.provider.script.query = [running]
    const { reaches, store, jobs, id } = begin(world)
    await reaches('running')
    store.change(id, null, { patch: { uploads: [] } })
    const revision = store.get(id)?.revision ?? 0
    world.provider.script.query = [succeeded]
    await reaches('saved')
    await jobs.drain()
    expect(released).toMatchObject([{ urls: [], paths: [expect.stringContaining(`${id}.mp4`)] }])
    // downloading, the start of the download, saved, deleted
    expect(store.get(id)?.revision).toBe(revision + 4)
  })

  it('is tried again for an upload that was not finished', async () => {
    const { world, released, bucket } = bucketWorld()
    bucket.isReachable = false
    world.provider.script.query = [running]
    const { reaches, store, jobs, id } = begin(world)
    await reaches('running')
    store.change(id, null, { patch: { uploads: [] } })
    world.provider.script.query = [succeeded]
    await reaches('saved')
    await jobs.stop()
    bucket.isReachable = true
    world.process().jobs.start()
    await world.clock.until(() => released.length === 1, hour)
    expect(released).toMatchObject([{ urls: [], paths: [expect.stringContaining(`${id}.mp4`)] }])
  })

  it('spares the jobs that are under way when a process starts', async () => {
    const { world, released } = bucketWorld()
    world.provider.script.query = [pending]
    const { reaches } = begin(world)
    await reaches('pending')
    world.process().jobs.start()
    await world.clock.settle()
    expect(released).toEqual([])
  })
})
