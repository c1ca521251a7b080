import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { speaker } from '../../../main/cli/words/words'
import type { JobSpec } from '../../../main/edits/job-spec'
import { DownloadError } from '../../../main/jobs/download'
import { mostBytesOf } from '../../../main/jobs/phases/download-phase'
import { silentLog } from '../../../main/log'
import type { TaskStatus } from '../../../main/providers/provider'
import { mediaError } from '../../../main/tools/media-error'
import { editOptions, type Facts, fileOf } from '../../../preload/contract'
import { begin, hour, minute } from '../../support/begin-job'
import { succeeded } from '../../support/fake-provider'
import { clipFacts, createJobsWorld } from '../../support/jobs-world'

describe('a result that cannot be checked', () => {
  const failure = (cause: 'tool-missing' | 'tool-crashed' | 'timeout') =>
    mediaError(cause, { path: '/usr/bin/ffprobe', name: 'x', minutes: 1 }, '')

  it.each([
    ['ffprobe or ffmpeg is missing', failure('tool-missing')],
    ['it crashes', failure('tool-crashed')],
    ['it does not end', failure('timeout')],
  ])('because %s is kept, and saved without another download', async (_what, error) => {
    const world = createJobsWorld()
    world.downloads.splice(0, 1, 'result', new Error('downloaded again'))
    const one = begin(world)
    await one.reaches('running')
    world.hooks.tools = () => {
      throw error
    }
    await one.isHeld()
    const { failure, state } = one.job()
    expect([state, failure?.text.key]).toEqual(['downloading', 'job.unchecked'])
    const kept = String(failure?.text.values['file'])
    expect(readFileSync(kept, 'utf8')).toBe('result')
    for (const language of ['en', 'zh'] as const) {
      const speak = speaker(language)
      const sentence = speak('job.unchecked', failure?.text.values)
      expect(sentence).toContain(kept)
      expect(sentence).toContain(speak(error.text.key, error.text.values))
    }
    await world.clock.advance(hour)
    world.hooks.tools = () => {}
    await one.reachesAfter(minute, 'saved')
    expect(readdirSync(path.join(world.folder, 'library')).join()).not.toContain('.part')
    expect(world.provider.calls.create).toHaveLength(1)
  })

  it('because ffprobe does not answer is kept', async () => {
    const timeout: Facts = { kind: 'other', format: null, bytes: 5, unreadable: 'timeout' }
    const world = createJobsWorld({ inspect: async () => timeout })
    world.downloads.splice(0, 1, 'video', new Error('downloaded again'))
    const { job, isHeld } = begin(world)
    await isHeld()
    expect(job().failure?.text).toMatchObject({
      key: 'job.unchecked',
      values: { causeKey: 'media.no-answer' },
    })
  })

  it('because the tools break at a file that seems damaged is kept', async () => {
    const world = createJobsWorld()
    world.downloads.splice(0, 1, 'garbage', new Error('downloaded again'))
    const { job, isHeld, reaches } = begin(world)
    await reaches('running')
    let runs = 0
    world.hooks.tools = () => {
      if (++runs > 1) throw failure('tool-crashed')
    }
    await isHeld()
    expect(job().failure?.text.key).toBe('job.unchecked')
  })
})

describe('the download', () => {
  const broken = () => new DownloadError('broken', 'reset', false)
  it('continues after breaks', async () => {
    const world = createJobsWorld()
    world.downloads.splice(0, 1, broken(), new DownloadError('broken', 'cut', true), 'result')
    const { reaches } = begin(world)
    await reaches('saved')
  })

  it('asks for the current link if the old one does not answer', async () => {
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
        await onStart({ etag: null, total: null, md5: null })
        return { bytes: 6 }
      },
    })
    world.provider.script.query = [at(gone), at(moved)]
    const { reaches } = begin(world)
    await reaches('saved')
    expect(asked).toEqual([gone, gone, moved])
  })

  it('asks for a new link a few times, then is held and can be resumed for free', async () => {
    const world = createJobsWorld()
    const refused = new DownloadError('refused', 'HTTP 403', false)
    world.downloads.splice(0, 1, refused, refused, 'result')
    const one = begin(world)
    await one.reaches('saved')
    world.downloads.splice(0, 1, refused)
    const two = begin(world, one)
    await two.isHeld(hour)
    expect(two.job()).toMatchObject({
      state: 'downloading',
      resumes: true,
      failure: { text: { key: 'job.downloadFailed' }, action: 'try-again' },
    })
    world.downloads.splice(0, 1, 'result')
    await two.jobs.retry(two.id)
    await two.reaches('saved')
    expect(world.provider.calls.create).toHaveLength(2)
  })

  it('expires when the provider no longer knows the task', async () => {
    const world = createJobsWorld()
    world.downloads.splice(0, 1, new DownloadError('refused', 'HTTP 403', false))
    world.provider.script.query = [
      succeeded,
      { status: 'unknown', word: 'UNKNOWN', requestId: null },
    ]
    const { reachesAfter, job, isHeld } = begin(world)
    await isHeld(hour)
    expect(job().failure?.text.key).toBe('job.lostTrack')
    await reachesAfter(24 * hour, 'expired')
    expect(job().failure?.text.key).toBe('job.expired')
  })

  it('expires after the retention of the result', async () => {
    const world = createJobsWorld()
    world.provider.row.retention = hour
    world.downloads.splice(0, 1, async () => {
      await world.clock.sleep(2 * hour)
      throw new DownloadError('refused', 'HTTP 403', false)
    })
    world.provider.script.query = [
      succeeded,
      { status: 'unknown', word: 'UNKNOWN', requestId: null },
    ]
    const { reaches } = begin(world)
    await reaches('expired', 3 * hour)
  })

  it.each([
    ['is no video', 'garbage'],
    ['has a frame that does not decode', 'result with a broken frame'],
  ])('is repeated for a result that %s; the last copy is kept', async (_what, damaged) => {
    const world = createJobsWorld()
    world.downloads.splice(0, 1, damaged, damaged, damaged, 'result')
    const { jobs, reaches, job, id, isHeld } = begin(world)
    const files = () => readdirSync(path.join(world.folder, 'library'))
    await isHeld()
    expect(job().failure?.text).toMatchObject({
      key: 'job.damaged',
      values: { count: 3, path: expect.stringContaining('damaged.mp4') },
    })
    expect(files().filter((name) => !name.startsWith('.'))).toEqual([
      `reshoot-${id.slice(0, 8)}-damaged.mp4`,
    ])
    await jobs.retry(id)
    await reaches('saved')
    expect(world.provider.calls.create).toHaveLength(1)
    expect(files().filter((name) => /part|damaged/.test(name))).toEqual([])
  })

  it('is repeated ever more seldom for a result that stays damaged', async () => {
    const world = createJobsWorld()
    let downloads = 0
    world.downloads.splice(0, 1, async () => {
      downloads++
      return 'garbage'
    })
    const { isHeld } = begin(world)
    await isHeld()
    expect(downloads).toBe(3)
    await world.clock.advance(6 * hour)
    expect(downloads).toBeGreaterThan(3 + 6)
    expect(downloads).toBeLessThan(3 + 20)
    await isHeld()
  })

  describe('of a result with a checksum', () => {
    const md5 = (text: string) => createHash('md5').update(text).digest('hex')
    const withChecksum = (promised: string, ...texts: string[]) => {
      let count = 0
      const world = createJobsWorld({
        download: async ({ path: file, onStart }) => {
          writeFileSync(file, '')
          await onStart({ etag: null, total: null, md5: promised })
          const text = texts[Math.min(count++, texts.length - 1)] ?? ''
          writeFileSync(file, text)
          return { bytes: text.length }
        },
      })
      return { ...begin(world), downloads: () => count }
    }

    it('is repeated until it fits', async () => {
      const { reaches, downloads } = withChecksum(md5('result'), 'result, altered', 'result')
      await reaches('saved')
      expect(downloads()).toBe(2)
    })

    it('accepts the same bytes twice: not every ETag is a checksum', async () => {
      const { reaches, downloads } = withChecksum(md5('something else'), 'result')
      await reaches('saved')
      expect(downloads()).toBe(2)
    })
  })

  it('is held by a full disk and goes on by itself', async () => {
    const world = createJobsWorld()
    const { reaches, job, isHeld } = begin(world)
    await reaches('running')
    world.free.bytes = 1_000
    world.downloads.splice(0, 1, async () => {
      throw Object.assign(new Error('full'), { code: 'ENOSPC' })
    })
    await isHeld()
    expect(job().failure).toMatchObject({ action: 'free-space' })
    world.free.bytes = 1e12
    world.downloads.splice(0, 1, 'result')
    await reaches('saved', 5 * minute)
    expect(world.provider.calls.create).toHaveLength(1)
  })

  it('is held after many breaks without a new byte, and tried on', async () => {
    const world = createJobsWorld()
    world.downloads.splice(0, 1, broken())
    const { reaches, job, isHeld } = begin(world)
    await isHeld(2 * hour)
    expect(job().failure?.text.key).toBe('job.downloadFailed')
    world.downloads.splice(0, 1, 'result')
    await reaches('saved', 2 * hour)
  })
})

describe('a result', () => {
  const clip = clipFacts(7)
  it.each([
    ['a QuickTime file', { ...clip, container: 'mov' }, 'saved'],
    ['of another container', { ...clip, container: 'webm' }, 'held'],
    ['that breaks off', { ...clip, complete: false }, 'held'],
    ['without a length', { ...clip, duration: null }, 'held'],
    ['of no length', { ...clip, duration: 0 }, 'held'],
    ['that is no video', { kind: 'other', format: 'text', bytes: 7, unreadable: null }, 'held'],
  ] as const)('%s', async (_what, facts, state) => {
    const world = createJobsWorld({ inspect: async () => facts as Facts })
    world.downloads.splice(0, 1, 'strange')
    const warn = vi.spyOn(silentLog, 'warn')
    const { reaches, isHeld, job, id } = begin(world)
    if (state === 'saved') {
      await reaches(state, hour)
      return
    }
    await isHeld(hour)
    expect(job().failure).toMatchObject({ action: 'try-again', text: { key: 'job.damaged' } })
    expect(warn).toHaveBeenCalledWith('A result arrived damaged', {
      job: id,
      damage: 'not a complete MP4 or MOV file',
    })
  })

  it('that cannot be moved into the library asks for another folder', async () => {
    const world = createJobsWorld({
      inspect: async (file) => {
        rmSync(file)
        return clip
      },
    })
    world.downloads.splice(0, 1, 'strange')
    const { isHeld, job } = begin(world)
    await isHeld(hour)
    expect(job().failure).toMatchObject({
      action: 'choose-folder',
      text: { key: 'job.folder', values: { folder: world.library.folder } },
    })
  })

  it('that is in the library already is not downloaded again', async () => {
    const world = createJobsWorld()
    let downloads = 0
    world.downloads.splice(0, 1, async () => {
      downloads++
      return 'result'
    })
    const one = begin(world)
    const { change } = one.store
    one.store.change = (id, owner, what) => {
      if (what.to !== 'saved') return change(id, owner, what)
      one.store.change = change
      throw Object.assign(new Error('the disk is full'), { code: 'ERR_SQLITE_ERROR' })
    }
    await one.reaches('saved')
    const kept = one.library.list({ words: '', providers: [] })
    expect(kept.map(({ id }) => id)).toEqual([one.job().libraryId])
    expect(downloads).toBe(1)
  })
})

describe('the space that a download needs', () => {
  const headroom = 1024 * 1024
  const total = 1_000

  /** A result of 1000 bytes, on a disk with this much space. */
  const onDisk = (free: number, there = 0) => {
    const world = createJobsWorld({
      download: async ({ path: file, onStart }) => {
        writeFileSync(file, 'r'.repeat(there))
        await onStart({ etag: null, total, md5: null })
        writeFileSync(file, 'result')
        return { bytes: 6 }
      },
    })
    const job = begin(world)
    return {
      ...job,
      ends: async (end: 'saved' | 'held') => {
        await job.reaches('running')
        world.free.bytes = free
        await (end === 'held' ? job.isHeld() : job.reaches(end))
      },
    }
  }

  it('is its size and 1 MiB', async () => {
    await onDisk(headroom + total).ends('saved')
    const { ends, job } = onDisk(headroom + total - 1)
    await ends('held')
    expect(job().failure?.text).toMatchObject({
      key: 'job.noSpace',
      values: { needed: Math.ceil((headroom + total) / 1e6), free: Math.floor(headroom / 1e6) },
    })
  })

  it('does not include the part that has arrived', async () => {
    await onDisk(headroom + 400, 600).ends('saved')
    await onDisk(headroom + 399, 600).ends('held')
  })
})

describe('a library folder that cannot be used', () => {
  it('any more when the download ends holds the job, and is no damage', async () => {
    const world = createJobsWorld({
      download: async ({ path: file, onStart }) => {
        writeFileSync(file, 'result')
        await onStart({ etag: null, total: null, md5: null })
        if (!isAway) return { bytes: 6 }
        rmSync(world.library.folder, { recursive: true })
        return { bytes: 6 }
      },
    })
    let isAway = true
    const { id, job, jobs, isHeld, reaches } = begin(world)
    await isHeld()
    expect(job().failure?.text.key).toBe('job.folder')
    isAway = false
    await jobs.retry(id)
    await reaches('saved')
  })

  it('is reported before there is a job', () => {
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

  it('is found before the create', async () => {
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

  it('can be changed in the middle of a download', async () => {
    const world = createJobsWorld()
    const old = world.library.folder
    world.provider.script.query = [succeeded]
    world.downloads.splice(0, 1, async () => {
      world.library.folder = path.join(world.clipPath, 'inside a file')
      throw new DownloadError('broken', 'cut', true)
    })
    const { job, reaches, isHeld, library } = begin(world)
    await isHeld()
    expect(job().failure?.text.key).toBe('job.folder')
    rmSync(old, { recursive: true })
    world.library.folder = path.join(world.folder, 'elsewhere')
    world.downloads.splice(0, 1, 'result')
    await reaches('saved', 5 * minute)
    expect(library.pathOf(job().libraryId ?? '')).toContain('elsewhere')
    expect(world.provider.calls.create).toHaveLength(1)
  })
})

describe('the longest result that is accepted', () => {
  const clip = (selection: { start: number; end: number } | null) =>
    [{ ...fileOf(createJobsWorld().spec().files, 'clip'), selection }] as JobSpec['files']

  it.each([
    ['10 s', '1080p', { start: 1, end: 11 }, 195_000_000],
    ['2 s', '1080p', { start: 0, end: 2 }, 91_000_000],
    ['10 s', '720p', { start: 0, end: 10 }, 97_500_000],
    ['a whole clip', '720p', null, 98_150_000],
  ] as const)('of %s in %s', (_what, quality, selection, bytes) => {
    const options = editOptions.parse({ quality })
    expect(mostBytesOf({ files: clip(selection), options })).toBe(bytes)
  })

  it('is what the download gets', async () => {
    const heard: unknown[] = []
    const world = createJobsWorld({
      download: ({ maxBytes }) => {
        heard.push(maxBytes)
        return Promise.reject(new DownloadError('too-large', 'too large', false))
      },
    })
    const one = begin(world)
    await one.isHeld()
    expect(heard).toEqual([mostBytesOf(world.spec())])
    expect(one.job().state).toBe('downloading')
  })
})
