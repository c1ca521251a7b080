import { existsSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { DownloadError } from '../../main/jobs/download'
import type { CreatedTask } from '../../main/providers/provider'
import {
  failureOf,
  offline,
  pending,
  providerError,
  running,
  succeeded,
} from '../support/fake-provider'
import { createJobsWorld, type JobsWorld, type Process } from '../support/jobs-world'

const minute = 60_000
const hour = 60 * minute

const begin = (world: JobsWorld, process: Process = world.process()) => {
  process.jobs.start()
  const { id } = process.jobs.submit(world.spec())
  const job = () => {
    const found = process.jobs.get(id)
    if (!found) throw new Error('the job is gone')
    return found
  }
  const reaches = (state: string, limit?: number) =>
    world.clock.until(() => job().state === state, limit)
  const states = () => job().phases.map((phase) => phase.state)
  return { ...process, id, job, reaches, states }
}

describe('a job that goes well', () => {
  it('goes through every state once and ends in the library', async () => {
    const world = createJobsWorld()
    const { job, reaches, states, library, told, id } = begin(world)
    await reaches('saved')
    expect(states()).toEqual([
      'queued',
      'preparing',
      'uploading',
      'submitting',
      'pending',
      'running',
      'downloading',
      'saved',
    ])
    const [entry] = library.list({ words: '', providers: [] })
    expect(entry).toMatchObject({ id: job().libraryId, jobId: id, prompt: 'snowy street' })
    expect(job()).toMatchObject({
      taskId: 'task-1',
      billed: { seconds: 10, amount: 1, currency: 'USD' },
      failure: null,
      canCancel: false,
      canRetry: false,
      posterUrl: expect.stringContaining('job-poster'),
    })
    expect(world.provider.calls.create).toHaveLength(1)
    expect(world.provider.calls.create[0]).toMatchObject({
      prompt: 'snowy street',
      clip: { url: 'oss://bucket/beach.mp4', seconds: 5, width: 1280, height: 720 },
    })
    expect(told.map((each) => each.state)).toContain('running')
    expect(told.some((each) => each.nextPollAt !== null)).toBe(true)
    expect(told.some((each) => each.state === 'uploading' && each.progress === 0.5)).toBe(true)
  })

  it('is written, with its first event, before anything is asked of the provider', () => {
    const world = createJobsWorld()
    const { jobs, store } = world.process()
    const { id } = jobs.submit(world.spec())
    expect(store.get(id)?.state).toBe('queued')
    expect(store.events(id).map((event) => event.kind)).toEqual(['created'])
    expect(world.provider.calls.upload).toEqual([])
  })

  it('keeps every change as an event that nobody can change', async () => {
    const world = createJobsWorld()
    const { store, id, reaches, database } = begin(world)
    await reaches('saved')
    const moves = store.events(id).filter((event) => event.kind === 'state')
    expect(moves.map((event) => event.to)).toEqual([
      'preparing',
      'uploading',
      'submitting',
      'pending',
      'running',
      'downloading',
      'saved',
    ])
    expect(() => database.run('DELETE FROM job_events')).toThrow(/append-only/)
    expect(() => database.run("UPDATE job_events SET kind = 'x'")).toThrow(/append-only/)
  })

  it('asks first after 5 s, then about every 15 s', async () => {
    const world = createJobsWorld()
    world.provider.script.query = [pending]
    const { reaches, job } = begin(world)
    await reaches('pending')
    const created = job().phases.at(-1)?.startedAt ?? 0
    await world.clock.advance(4_900 - (world.clock.now() - created))
    expect(world.provider.calls.query).toHaveLength(0)
    await world.clock.advance(200)
    expect(world.provider.calls.query).toHaveLength(1)
    await world.clock.advance(14_000)
    expect(world.provider.calls.query).toHaveLength(1)
    await world.clock.advance(1_500)
    expect(world.provider.calls.query).toHaveLength(2)
    expect(job().expiresAt).toBe((job().phases[3]?.startedAt ?? 0) + 24 * hour)
  })

  it('uploads the prepared clip and keeps it for comparing', async () => {
    const world = createJobsWorld()
    const process = world.process()
    process.jobs.start()
    const spec = world.spec()
    const clip = { ...spec.clip, selection: { start: 1, end: 4 } }
    const { id } = process.jobs.submit({ ...spec, clip })
    await world.clock.until(() => process.jobs.get(id)?.state === 'saved')
    const entry = process.library.list({ words: '', providers: [] })[0]
    expect(process.library.beforeOf(entry?.id ?? '')).toBe(
      path.join(world.folder, 'sent', `${id}.mp4`),
    )
    expect(existsSync(world.clipPath)).toBe(true)
  })
})

describe('what stops a job before it costs anything', () => {
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

  it('a clip that the check refuses, with the file and the finding in its words', async () => {
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

  it('a full disk', async () => {
    const world = createJobsWorld()
    world.free.bytes = 1_000_000
    const { reaches, job } = begin(world)
    await reaches('failed')
    expect(job().failure).toMatchObject({ action: 'free-space', text: { key: 'job.noSpace' } })
  })

  it('an upload that the storage refuses', async () => {
    const world = createJobsWorld()
    world.provider.script.upload = [providerError('auth', 'refused', 'enter-key')]
    const { reaches, job } = begin(world)
    await reaches('failed')
    expect(job().failure?.action).toBe('enter-key')
    expect(world.provider.calls.create).toHaveLength(0)
  })

  it('no network for a minute; until then it waits', async () => {
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

describe('the create', () => {
  it('is repeated where it surely created nothing, and waits where a crash is harmless', async () => {
    const world = createJobsWorld()
    const task: CreatedTask = { taskId: 'task-x', requestId: null, sent: null }
    world.provider.script.create = [
      providerError('rate-limit', 'refused', 'wait', 20_000),
      providerError('temporary', 'no'),
      task,
    ]
    const { reaches, states, job } = begin(world)
    await world.clock.until(() => world.provider.calls.create.length === 1)
    await world.clock.advance(15_000)
    expect(job().state).toBe('uploading')
    expect(world.provider.calls.create).toHaveLength(1)
    await reaches('saved')
    expect(states().filter((state) => state === 'submitting')).toHaveLength(3)
    expect(world.provider.calls.upload).toHaveLength(1)
  })

  it('is given up after a bounded number of refusals', async () => {
    const world = createJobsWorld()
    world.provider.script.create = [providerError('rate-limit', 'refused', 'wait')]
    const { reaches, job } = begin(world)
    await reaches('failed', hour)
    expect(world.provider.calls.create).toHaveLength(6)
    expect(job().failure?.kind).toBe('rate-limit')
  })

  it.each([
    ['moderation', 'change-prompt'],
    ['billing', 'top-up'],
    ['invalid-input', 'fix-file'],
  ] as const)('is not repeated when refused for %s', async (kind, action) => {
    const world = createJobsWorld()
    world.provider.script.create = [providerError(kind, 'refused', action)]
    const { reaches, job } = begin(world)
    await reaches('failed')
    expect(world.provider.calls.create).toHaveLength(1)
    expect(job()).toMatchObject({ failure: { kind, action }, requestId: 'request-9' })
  })

  it.each([
    ['a lost answer', providerError('temporary', 'maybe')],
    ['an error nobody thought of', new Error('boom')],
  ])('is never repeated after %s', async (_what, error) => {
    const world = createJobsWorld()
    world.provider.script.create = [error]
    const { reaches, job } = begin(world)
    await reaches('uncertain')
    await reaches('failed', hour)
    expect(job().failure?.text.key).toBe('job.notCreated')
    expect(world.provider.calls.create).toHaveLength(1)
    const since = (job().phases[3]?.startedAt ?? 0) - (world.provider.calls.list[0] ?? 0)
    expect(since).toBe(2 * minute)
  })
})

describe('a task that cannot be written down at once', () => {
  it('is written as soon as the database lets it', async () => {
    const world = createJobsWorld()
    const { store, reaches, job } = begin(world)
    const change = store.change
    let full = 3
    store.change = (id, owner, what) => {
      if (what.to === 'pending' && full-- > 0)
        throw Object.assign(new Error('disk is full'), { code: 'ERR_SQLITE_ERROR' })
      return change(id, owner, what)
    }
    await reaches('saved')
    expect(job().taskId).toBe('task-1')
    expect(full).toBeLessThan(0)
    expect(world.provider.calls.create).toHaveLength(1)
  })
})

describe('an uncertain job', () => {
  const lost = (world: JobsWorld) => {
    world.provider.script.create = [providerError('temporary', 'maybe')]
  }
  const listed = (world: JobsWorld, ...ids: string[]) =>
    ids.map((taskId) => ({ taskId, createdAt: world.clock.now(), status: 'RUNNING' }))

  it('is adopted when the list has exactly one task that it can be', async () => {
    const world = createJobsWorld()
    lost(world)
    world.provider.script.list = [[], listed(world, 'task-found')]
    const { reaches, job } = begin(world)
    await reaches('saved')
    expect(job().taskId).toBe('task-found')
    expect(world.provider.calls.create).toHaveLength(1)
  })

  it('is not taken for the task of a job that was forgotten meanwhile', async () => {
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

  it('asks the person when several could be it', async () => {
    const world = createJobsWorld()
    lost(world)
    world.provider.script.list = [listed(world, 'a', 'b')]
    const { jobs, reaches, job, id } = begin(world)
    await reaches('uncertain')
    await jobs.drain()
    expect(job().failure?.text.key).toBe('job.uncertainSeveral')
    world.provider.script.create = []
    const other = await jobs.resolve(id, 'submit-again')
    expect(other.id).not.toBe(id)
    expect(job().state).toBe('cancelled')
    await world.clock.until(() => jobs.get(other.id)?.state === 'saved')
    expect(world.provider.calls.create).toHaveLength(2)
  })

  it('waits for the person where there is no list; giving up ends it', async () => {
    const world = createJobsWorld()
    lost(world)
    delete world.provider.list
    const { jobs, reaches, job, id } = begin(world)
    await reaches('uncertain')
    await jobs.drain()
    await world.clock.advance(hour)
    expect(job().state).toBe('uncertain')
    expect((await jobs.resolve(id, 'give-up')).state).toBe('cancelled')
    await expect(jobs.resolve(id, 'give-up')).rejects.toThrow('job.notUncertain')
  })

  it('looks again when asked to', async () => {
    const world = createJobsWorld()
    lost(world)
    world.provider.script.list = [listed(world, 'a', 'b')]
    const { jobs, reaches, job, id } = begin(world)
    await reaches('uncertain')
    await jobs.drain()
    world.provider.script.list = [listed(world, 'a')]
    await jobs.resolve(id, 'look-again')
    await reaches('saved')
    expect(job().taskId).toBe('a')
  })

  it('is what a create in flight becomes when its process dies', async () => {
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

  it('takes a late answer that comes after the job was taken over', async () => {
    const world = createJobsWorld()
    const late = Promise.withResolvers<CreatedTask>()
    world.provider.script.create = [() => late.promise]
    const { reaches, job, pid } = begin(world)
    await world.clock.until(() => world.provider.calls.create.length === 1)
    world.dead.add(pid) // it is not: the computer only slept
    const heir = world.process()
    heir.jobs.start()
    await reaches('uncertain')
    late.resolve({ taskId: 'task-late', requestId: null, sent: null })
    await reaches('saved')
    expect(job().taskId).toBe('task-late')
  })
})

describe('polling', () => {
  it('outlives a long time without network', async () => {
    const world = createJobsWorld()
    world.provider.script.query = [...Array.from({ length: 200 }, offline), succeeded]
    const { reaches } = begin(world)
    await reaches('saved')
    expect(world.provider.calls.create).toHaveLength(1)
  })

  it('outlives trouble of the service, asking less and less', async () => {
    const world = createJobsWorld()
    world.provider.script.query = [
      ...Array.from({ length: 20 }, () => providerError('temporary', 'refused')),
      succeeded,
    ]
    const { reaches, job } = begin(world, world.process({ heartbeat: 10 * minute }))
    await reaches('saved')
    const waited = (job().phases.at(-2)?.startedAt ?? 0) - (job().phases[4]?.startedAt ?? 0)
    expect(waited).toBeGreaterThan(hour)
  })

  it('gives up on a key that no longer works, and goes on with the same task when tried again', async () => {
    const world = createJobsWorld()
    world.provider.script.query = [providerError('auth', 'refused', 'enter-key')]
    const { jobs, reaches, job, id } = begin(world)
    await reaches('failed')
    expect(job()).toMatchObject({ failure: { action: 'enter-key' }, canRetry: true, resumes: true })
    world.provider.script.query = [succeeded]
    expect((await jobs.retry(id)).id).toBe(id)
    await reaches('saved')
    expect(world.provider.calls.create).toHaveLength(1)
  })

  it('is tried again at another provider, but never leaves a task that exists', async () => {
    const world = createJobsWorld()
    world.provider.script.create = [providerError('auth', 'refused', 'try-region')]
    const { jobs, reaches, id } = begin(world)
    await reaches('failed')
    const elsewhere = { provider: 'dashscope-cn', estimate: null } as const
    expect((await jobs.retry(id, elsewhere)).provider).toBe('dashscope-cn')

    const other = createJobsWorld()
    other.provider.script.query = [providerError('auth', 'refused', 'enter-key')]
    const second = begin(other)
    await second.reaches('failed')
    other.provider.script.query = [succeeded]
    expect((await second.jobs.retry(second.id, elsewhere)).id).toBe(second.id)
    await second.reaches('saved')
    expect(other.provider.calls.create).toHaveLength(1)
  })

  it('does not ask for ever about a task that nobody knows', async () => {
    const world = createJobsWorld()
    world.provider.script.query = [{ status: 'unknown', word: 'UNKNOWN', requestId: null }]
    const { reaches, job } = begin(world)
    await reaches('failed', hour)
    expect(world.provider.calls.query).toHaveLength(5)
    expect(job().failure?.text.key).toBe('job.lostTrack')
  })

  it('ends with what the provider says', async () => {
    const world = createJobsWorld()
    const failure = failureOf('moderation', 'change-prompt')
    world.provider.script.query = [running, { status: 'failed', failure, requestId: 'r' }]
    const { jobs, reaches, job, id } = begin(world)
    await reaches('failed')
    expect(job().failure).toEqual(failure)
    world.provider.script.query = [succeeded]
    expect((await jobs.retry(id)).id).not.toBe(id)
    await world.clock.until(() => jobs.list().some((each) => each.state === 'saved'))
    expect(world.provider.calls.create).toHaveLength(2)
  })

  it('expires after 24 hours, having asked once more', async () => {
    const world = createJobsWorld()
    world.provider.script.query = [running]
    const first = begin(world)
    await first.reaches('running')
    await first.jobs.stop()
    await world.clock.advance(25 * hour)
    const before = world.provider.calls.query.length
    const { jobs } = world.process()
    jobs.start()
    await world.clock.until(() => jobs.get(first.id)?.state === 'expired')
    expect(world.provider.calls.query.length).toBe(before + 1)
    expect(jobs.get(first.id)?.failure?.text).toEqual({ key: 'job.expired', values: { hours: 24 } })
  })

  it('is done at once for everything when woken', async () => {
    const world = createJobsWorld()
    world.provider.script.query = [running]
    const { jobs, reaches } = begin(world)
    await reaches('running')
    const before = world.provider.calls.query.length
    jobs.wake?.()
    await world.clock.settle()
    expect(world.provider.calls.query).toHaveLength(before + 1)
  })
})

describe('the download', () => {
  const broken = () => new DownloadError('broken', 'reset', false)
  it('goes on after breaks', async () => {
    const world = createJobsWorld()
    world.downloads.splice(0, 1, broken(), new DownloadError('broken', 'cut', true), 'result')
    const { reaches } = begin(world)
    await reaches('saved')
  })

  it('asks for a fresh link once, then says that the result is gone', async () => {
    const world = createJobsWorld()
    const refused = new DownloadError('refused', 'HTTP 403', false)
    world.downloads.splice(0, 1, refused, 'result')
    const one = begin(world)
    await one.reaches('saved')
    world.downloads.splice(0, 1, refused)
    const two = begin(world, one)
    await two.reaches('expired', hour)
    expect(two.job().failure?.text.key).toBe('job.expired')
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

describe('a job that has to wait', () => {
  it('says why while the service cannot be asked, and no more once it answers', async () => {
    const world = createJobsWorld()
    world.provider.script.query = [offline(), offline(), running, running, succeeded]
    const { job, reaches, store, id } = begin(world)
    await world.clock.until(() => job().trouble !== null, hour)
    expect(job()).toMatchObject({ state: 'pending', trouble: { key: 'failure.temporary' } })
    await world.clock.until(
      () => job().nextPollAt !== null && world.provider.calls.query.length > 1,
    )
    await reaches('running')
    expect(job().trouble).toBeNull()
    expect(store.events(id).filter((event) => event.kind === 'note').length).toBeLessThan(4)
  })

  it('says why while nothing can be sent', async () => {
    const world = createJobsWorld()
    world.provider.script.create = [providerError('rate-limit', 'refused')]
    const { job } = begin(world)
    await world.clock.until(() => job().trouble?.key === 'failure.rate-limit', hour)
    expect(job().state).toBe('uploading')
  })

  it('says why while the result cannot be fetched, also when its link has to be renewed', async () => {
    const world = createJobsWorld()
    world.downloads.splice(0, 1, new DownloadError('offline', 'no network', false))
    world.provider.script.query = [succeeded]
    const { job, reaches } = begin(world)
    await world.clock.until(() => job().trouble?.key === 'job.offline', hour)
    world.provider.script.query = Array.from({ length: 5 }, offline)
    world.provider.script.query.push(succeeded)
    world.downloads.splice(0, 1, new DownloadError('refused', 'HTTP 403', false), 'result')
    await reaches('saved')
    expect(job().trouble).toBeNull()
  })

  it('tells another process as well', async () => {
    const world = createJobsWorld()
    world.provider.script.query = [offline()]
    const { job, id } = begin(world)
    await world.clock.until(() => job().trouble !== null, hour)
    expect(world.process().jobs.get(id)?.trouble).toEqual(job().trouble)
  })
})

it('a process that was started for one job leaves the others alone', async () => {
  const world = createJobsWorld()
  const { jobs } = world.process()
  const [first, second] = [jobs.submit(world.spec()), jobs.submit(world.spec())]
  jobs.start(second.id)
  await world.clock.until(() => jobs.get(second.id)?.state === 'saved')
  expect(jobs.get(first.id)?.state).toBe('queued')
})

describe('a library folder that cannot be used', () => {
  it('is found before anything is paid for', async () => {
    const world = createJobsWorld()
    world.library.folder = path.join(world.clipPath, 'inside a file')
    const { job, reaches } = begin(world)
    await reaches('failed')
    expect(job().failure).toMatchObject({ text: { key: 'job.folder' }, action: 'choose-folder' })
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

describe('cancelling', () => {
  it('before anything is sent just stops the work', async () => {
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

  it('works in the queue, also when nothing was started', async () => {
    const world = createJobsWorld()
    const { jobs } = world.process()
    const { id } = jobs.submit(world.spec())
    expect((await jobs.cancel(id)).state).toBe('cancelled')
    await expect(jobs.cancel(id)).rejects.toThrow('job.hasEnded')
  })

  it('asks the provider while the task is pending', async () => {
    const world = createJobsWorld()
    world.provider.script.query = [pending]
    const { jobs, reaches, id, job } = begin(world)
    await reaches('pending')
    expect(job().canCancel).toBe(true)
    expect((await jobs.cancel(id)).state).toBe('cancelled')
    expect(world.provider.calls.cancel).toEqual(['task-1'])
  })

  it('says when it is too late, and the job goes on', async () => {
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

  it('gives the reason when the provider refuses for good, and does not call it too late', async () => {
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

  it('is asked for again when the provider cannot be reached', async () => {
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

  it('reaches a job that another process drives', async () => {
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
})

describe('processes that share a home', () => {
  it('drive a job once', async () => {
    const world = createJobsWorld()
    const one = begin(world)
    const two = world.process()
    two.jobs.start()
    await one.reaches('saved')
    expect(world.provider.calls.create).toHaveLength(1)
    expect(world.provider.calls.upload).toHaveLength(1)
    await world.clock.advance(20_000)
    expect(two.told.map((job) => job.state)).toContain('saved')
  })

  it.each(['preparing', 'uploading', 'pending', 'running', 'downloading'] as const)(
    'go on where one let go in %s',
    async (state) => {
      const world = createJobsWorld()
      const held = Promise.withResolvers<never>()
      const hold = async (signal: AbortSignal) => {
        signal.throwIfAborted()
        signal.addEventListener('abort', () => held.reject(signal.reason))
        return await held.promise
      }
      if (state === 'preparing')
        world.hooks.prepare = async (signal) => signal && (await hold(signal))
      if (state === 'uploading') world.provider.script.upload = [hold]
      if (state === 'pending') world.provider.script.query = [pending]
      if (state === 'running') world.provider.script.query = [running]
      if (state === 'downloading') world.downloads.splice(0, 1, hold)
      const one = begin(world)
      await one.reaches(state)
      await one.jobs.stop()
      expect(one.job().state).toBe(state)
      world.hooks.prepare = async () => {}
      world.provider.script.upload = []
      world.provider.script.query = [succeeded]
      world.downloads.splice(0, 1, 'result')
      const two = world.process()
      two.jobs.start()
      await one.reaches('saved')
      expect(world.provider.calls.create).toHaveLength(1)
      expect(one.library.list({ words: '', providers: [] })).toHaveLength(1)
    },
  )

  it('take over from a process that died', async () => {
    const world = createJobsWorld()
    world.provider.script.query = [running]
    const one = begin(world)
    await one.reaches('running')
    world.dead.add(one.pid)
    const two = world.process()
    world.provider.script.query = [succeeded]
    two.jobs.start()
    await one.reaches('saved')
    expect(world.provider.calls.create).toHaveLength(1)
  })

  it('remember uploads, so that a restart does not send them again', async () => {
    const world = createJobsWorld()
    const never = Promise.withResolvers<CreatedTask>()
    world.provider.script.create = [providerError('rate-limit', 'refused', 'wait', 30 * minute)]
    const one = begin(world)
    await world.clock.until(() => world.provider.calls.create.length === 1)
    await one.reaches('uploading')
    await one.jobs.stop()
    world.provider.script.create = []
    const two = world.process()
    two.jobs.start()
    await one.reaches('saved')
    expect(world.provider.calls.upload).toHaveLength(1)
    never.resolve({ taskId: '', requestId: null, sent: null })
  })

  it('send an upload again once its address has become too old', async () => {
    const world = createJobsWorld()
    world.provider.script.create = [providerError('rate-limit', 'refused', 'wait', 30 * minute)]
    const one = begin(world)
    await world.clock.until(() => world.provider.calls.create.length === 1)
    await one.jobs.stop()
    world.provider.script.create = []
    await world.clock.advance(48 * hour)
    const two = world.process()
    two.jobs.start()
    await one.reaches('saved')
    expect(world.provider.calls.upload).toHaveLength(2)
  })
})

describe('letting go', () => {
  it('waits a moment for the answer of a create in flight', async () => {
    const world = createJobsWorld()
    const answer = Promise.withResolvers<CreatedTask>()
    world.provider.script.create = [() => answer.promise]
    const { jobs, job } = begin(world)
    await world.clock.until(() => world.provider.calls.create.length === 1)
    const stopping = jobs.stop()
    await world.clock.settle()
    answer.resolve({ taskId: 'task-in-time', requestId: null, sent: null })
    await stopping
    expect(job()).toMatchObject({ state: 'pending', taskId: 'task-in-time' })
  })

  it('does not wait for ever: the job is looked for by the next process', async () => {
    const world = createJobsWorld()
    const hang = (signal: AbortSignal) =>
      new Promise<CreatedTask>((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason))
      })
    world.provider.script.create = [hang]
    const { jobs, job, reaches } = begin(world)
    await world.clock.until(() => world.provider.calls.create.length === 1)
    let stopped = false
    const stopping = jobs.stop().then(() => {
      stopped = true
    })
    await world.clock.until(() => stopped, minute)
    await stopping
    expect(job().state).toBe('uncertain')
    const found = { taskId: 'task-found', createdAt: world.clock.now(), status: 'RUNNING' }
    world.provider.script.list = [[found]]
    world.process().jobs.start()
    await reaches('saved')
    expect(job().taskId).toBe('task-found')
    expect(world.provider.calls.create).toHaveLength(1)
  })
})

describe('forgetting', () => {
  it('takes only what has ended, with what it left on the disk', async () => {
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
    expect(store.events(id).at(-1)?.kind).toBe('removed')
    await world.clock.until(() => readdirSync(path.join(world.folder, 'sent')).length === 0)
  })

  it('lets go of an uncertain job that is still being looked for', async () => {
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

  it('remembers what was seen', async () => {
    const world = createJobsWorld()
    const { jobs, reaches, id, job } = begin(world)
    await reaches('saved')
    expect(job().seen).toBe(false)
    jobs.seen([id, 'nobody'])
    expect(job().seen).toBe(true)
  })
})

describe('several at once', () => {
  it('are driven beside each other, each created once', async () => {
    const world = createJobsWorld()
    const { jobs } = world.process()
    jobs.start()
    const ids = Array.from({ length: 6 }, () => jobs.submit(world.spec()).id)
    expect(jobs.active()).toBe(6)
    world.provider.script.query = [succeeded]
    await world.clock.until(() => jobs.list().every((job) => job.state === 'saved'))
    expect(world.provider.calls.create).toHaveLength(6)
    expect(new Set(jobs.list().map((job) => job.taskId)).size).toBe(6)
    expect(jobs.list().map((job) => job.id)).toEqual(ids.toReversed())
    expect(jobs.active()).toBe(0)
    await jobs.drain()
  })
})
