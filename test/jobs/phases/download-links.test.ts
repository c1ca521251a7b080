import { existsSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { DownloadError, type DownloadRequest } from '../../../main/jobs/download'
import { begin, hour } from '../../support/begin-job'
import { failureOf, offline, providerError, succeeded } from '../../support/fake-provider'
import { createJobsWorld } from '../../support/jobs-world'

describe('links that the provider refuses', () => {
  const refusing = () => {
    const links: string[] = []
    const times: number[] = []
    const world = createJobsWorld({
      download: async ({ url }) => {
        links.push(url)
        times.push(world.clock.now())
        throw new DownloadError('refused', 'HTTP 403', false)
      },
    })
    let count = 0
    world.provider.script.query = [
      async () => ({ ...succeeded, resultUrl: `https://results.example/${++count}.mp4` }),
    ]
    return { world, links, times }
  }

  it('are renewed four times, the first time at once, then after rising delays', async () => {
    const { world, links, times } = refusing()
    const { job, isHeld } = begin(world)
    await isHeld(hour)
    expect(links).toEqual([1, 2, 3, 4, 5].map((at) => `https://results.example/${at}.mp4`))
    expect(times.map((time, at) => time - (times[at - 1] ?? time))).toEqual([
      0, 0, 1_000, 2_000, 4_000,
    ])
    expect(job().failure).toMatchObject({ text: { key: 'job.downloadFailed' } })
  })

  it('are counted from the start again after a download that began', async () => {
    let tries = 0
    const world = createJobsWorld({
      download: async ({ path: file, onStart }) => {
        tries++
        if (tries === 9) {
          writeFileSync(file, 'result')
          return { bytes: 6 }
        }
        if (tries !== 5) throw new DownloadError('refused', 'HTTP 403', false)
        writeFileSync(file, 'res')
        await onStart({ etag: null, total: 6, md5: null })
        throw new DownloadError('broken', 'cut', true)
      },
    })
    world.provider.script.query = [succeeded]
    await begin(world).reaches('saved', hour)
    expect(tries).toBe(9)
  })

  it('end the job with the failure of a task that has failed since', async () => {
    const { world, links } = refusing()
    const failure = failureOf('moderation', 'change-prompt')
    world.provider.script.query = [succeeded, { status: 'failed', failure, requestId: null }]
    const { reaches, job } = begin(world)
    await reaches('failed', hour)
    expect(job().failure).toEqual(failure)
    expect(links).toHaveLength(1)
  })
})

describe('the part that has arrived', () => {
  /** A download that breaks off after its first part; with the start and the file of each attempt. */
  const breaking = () => {
    const starts: DownloadRequest['start'][] = []
    const files: string[] = []
    const world = createJobsWorld({
      download: async ({ path: file, start, onStart }) => {
        starts.push(start)
        files.push(file)
        if (starts.length > 1) {
          writeFileSync(file, 'result')
          return { bytes: 6 }
        }
        writeFileSync(file, 'res')
        await onStart({ etag: '"v1"', total: 6, md5: null })
        throw new DownloadError('broken', 'cut', true)
      },
    })
    world.provider.script.query = [succeeded]
    return { world, starts, files }
  }

  it('is continued with what the server said of it', async () => {
    const { world, starts, files } = breaking()
    await begin(world).reaches('saved', hour)
    expect(starts).toEqual([null, { path: files[0], etag: '"v1"', total: 6, md5: null }])
    expect(files[1]).toBe(files[0])
  })

  it('is deleted when the person chooses another folder', async () => {
    const { world, starts, files } = breaking()
    const { reaches } = begin(world)
    await world.clock.until(() => starts.length === 1, hour)
    world.library.folder = path.join(world.folder, 'elsewhere')
    await reaches('saved', hour)
    expect(starts).toEqual([null, null])
    expect(files[1]).toContain('elsewhere')
    expect(existsSync(files[0] ?? '')).toBe(false)
  })

  it('is deleted when the result has expired', async () => {
    const files: string[] = []
    const world = createJobsWorld({
      download: async ({ path: file, onStart }) => {
        files.push(file)
        if (files.length > 1) throw new DownloadError('refused', 'HTTP 403', false)
        writeFileSync(file, 'res')
        await onStart({ etag: '"v1"', total: 6, md5: null })
        throw new DownloadError('broken', 'cut', true)
      },
    })
    const unknown = { status: 'unknown', word: 'UNKNOWN', requestId: null } as const
    world.provider.script.query = [succeeded, unknown]
    const { isHeld, reachesAfter } = begin(world)
    await isHeld(hour)
    await reachesAfter(24 * hour, 'expired')
    expect(existsSync(files[0] ?? '')).toBe(false)
  })
})

describe('breaks of a download', () => {
  it('lead to one question about the link, after the second in a row', async () => {
    const queriesAt: number[] = []
    let downloads = 0
    const world = createJobsWorld({
      download: async () => {
        downloads++
        throw new DownloadError('broken', 'reset', false)
      },
    })
    world.provider.script.query = [
      async () => {
        queriesAt.push(downloads)
        return succeeded
      },
    ]
    await begin(world).isHeld(hour)
    expect(queriesAt).toEqual([0, 2])
    expect(downloads).toBe(12)
  })
})

describe('a provider that does not answer about a link', () => {
  const broken = () => new DownloadError('broken', 'reset', false)
  const refused = () => new DownloadError('refused', 'HTTP 403', false)

  it('leaves the old one after breaks', async () => {
    const world = createJobsWorld()
    world.downloads.splice(0, 1, broken(), broken(), 'result')
    world.provider.script.query = [succeeded, offline()]
    const { reaches } = begin(world)
    await reaches('saved', hour)
    expect(world.provider.calls.query).toHaveLength(2)
  })

  it('holds the job if it refuses the question about a refused link', async () => {
    const world = createJobsWorld()
    world.downloads.splice(0, 1, refused())
    world.provider.script.query = [succeeded, providerError('auth', 'refused', 'enter-key')]
    const { isHeld, job } = begin(world)
    await isHeld(hour)
    expect(job()).toMatchObject({ resumes: true, failure: { kind: 'auth', action: 'enter-key' } })
    expect(world.provider.calls.query).toHaveLength(4)
  })

  it.each([
    ['breaks', broken],
    ['a refused link', refused],
  ])('because of a bug holds the job after %s', async (_what, error) => {
    const world = createJobsWorld()
    world.downloads.splice(0, 1, error())
    world.provider.script.query = [succeeded, new Error('a bug')]
    const { isHeld, job } = begin(world)
    await isHeld(hour)
    expect(job().failure?.text.key).toBe('job.unexpectedError')
  })
})

it.each([
  ['too-large', 'job.downloadFailed', 1],
  ['offline', null, 20],
] as const)('a download that is %s ends with %s', async (reason, key, least) => {
  let downloads = 0
  const world = createJobsWorld({
    download: async () => {
      downloads++
      throw new DownloadError(reason, 'no', false)
    },
  })
  world.provider.script.query = [succeeded]
  const { job } = begin(world)
  await world.clock.until(() => downloads >= least, hour)
  await world.clock.settle()
  expect(job().failure?.text.key ?? null).toBe(key)
})
