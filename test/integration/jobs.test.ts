import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Fault } from '../support/dashscope-server'
import { createJobsHome, type JobsHome } from '../support/jobs-home'

/** Drives a job to its end in this process. */
const drive = async (home: JobsHome, id: string) => {
  const services = await home.open()
  await services.jobs.drain(AbortSignal.timeout(200_000))
  const job = services.jobs.get(id)
  if (!job) throw new Error('the job is gone')
  return { ...services, job }
}

const truncated: Fault = { kind: 'truncate', length: true }
const silentlyTruncated: Fault = { kind: 'truncate', length: false }
const expired: Fault = { kind: 'expired' }

describe('a job against the strict server', () => {
  it('sends the selection and keeps the result with its history', async () => {
    const home = await createJobsHome({ words: ['PENDING', 'SUCCEEDED'] })
    const id = await home.submit({ start: 0.5, end: 3 })
    const { job, library } = await drive(home, id)
    expect(job).toMatchObject({ state: 'saved', failure: null, billed: { seconds: 10.08 } })
    const [uploaded] = [...home.server.objects.values()]
    expect(uploaded).toBeDefined()
    const [entry] = library.list({ words: 'SNOWY beach', providers: ['dashscope'] })
    expect(entry).toMatchObject({ jobId: id, taskId: job.taskId, files: [{ name: 'beach.mp4' }] })
    expect(readFileSync(library.pathOf(entry?.id ?? '') ?? '').equals(home.server.result)).toBe(
      true,
    )
    expect(library.beforeOf(entry?.id ?? '')).not.toBeNull()
    expect(library.posterOf(entry?.id ?? '')).not.toBeNull()
    expect(job.posterUrl).toContain('job-poster')
    expect(home.server.violations).toEqual([])
  })

  it('sends the create again after a rate limit, and only then', async () => {
    const home = await createJobsHome({ words: ['SUCCEEDED'] })
    home.server.next('create', {
      kind: 'status',
      status: 429,
      code: 'Throttling.RateQuota',
      headers: { 'retry-after': '1' },
    })
    const { job } = await drive(home, await home.submit())
    expect(job.state).toBe('saved')
    expect(home.server.calls).toMatchObject({ create: 2, upload: 1 })
    expect(home.server.tasks.size).toBe(1)
  })

  it.each<[string, Fault]>([
    ['the connection breaks', { kind: 'reset', effect: true }],
    ['the answer cannot be read', { kind: 'body', text: '<html>', effect: true }],
    ['the service stumbles', { kind: 'status', status: 500, effect: true }],
  ])('finds its task in the list when %s after the create', async (_what, fault) => {
    const home = await createJobsHome({ words: ['SUCCEEDED'] })
    home.server.next('create', fault)
    const { job } = await drive(home, await home.submit())
    expect(job.state).toBe('saved')
    expect(job.phases.map((phase) => phase.state)).toContain('uncertain')
    expect(home.server.calls.create).toBe(1)
  })

  it('survives errors while polling', async () => {
    const home = await createJobsHome({ words: ['SUCCEEDED'] })
    home.server.next('query', { kind: 'status', status: 503 }, { kind: 'body', text: '' })
    const { job } = await drive(home, await home.submit())
    expect(job.state).toBe('saved')
    expect(home.server.calls.create).toBe(1)
  })

  it.each<[string, Fault[], number]>([
    ['breaks off', [truncated], 2],
    ['ends too early without saying so', [silentlyTruncated], 2],
    ['is refused once', [expired], 2],
  ])('gets the result whole when the download %s', async (_what, faults, downloads) => {
    const home = await createJobsHome({ words: ['SUCCEEDED'] })
    home.server.next('download', ...faults)
    const { job, library } = await drive(home, await home.submit())
    expect(job.state).toBe('saved')
    const kept = library.pathOf(job.libraryId ?? '') ?? ''
    expect(readFileSync(kept).equals(home.server.result)).toBe(true)
    expect(home.server.calls.download).toBe(downloads)
    expect(home.server.calls.create).toBe(1)
  })

  it('keeps a result that the service still has', async () => {
    const home = await createJobsHome({ words: ['SUCCEEDED'] })
    home.server.next('download', ...Array.from({ length: 5 }, () => expired))
    const { job, library } = await drive(home, await home.submit())
    expect(job).toMatchObject({
      state: 'downloading',
      resumes: true,
      failure: { action: 'try-again' },
    })
    expect(library.list({ words: '', providers: [] })).toEqual([])
    expect(home.server.calls.create).toBe(1)
  })

  it('holds a job whose link is refused and whose task is unknown', async () => {
    const home = await createJobsHome({ words: ['SUCCEEDED', 'UNKNOWN'] })
    home.server.next('download', expired)
    const { job, library } = await drive(home, await home.submit())
    expect(job).toMatchObject({ state: 'downloading', failure: { kind: 'gone' } })
    expect(library.list({ words: '', providers: [] })).toEqual([])
  })

  it('reports why a task failed', async () => {
    const home = await createJobsHome({ words: ['FAILED'] })
    const { job } = await drive(home, await home.submit())
    expect(job).toMatchObject({
      state: 'failed',
      canRetry: true,
      failure: { provider: { code: 'InternalError', message: 'it failed' } },
    })
  })
})
