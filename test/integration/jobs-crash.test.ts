import { existsSync, readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import type { JobState } from '../../preload/contract'
import { createJobsHome, type JobsHome } from '../support/jobs-home'

const minute = 60_000

/** Starts `reshoot resume`, waits until the job is in a state, and kills the process. */
const killIn = async (
  home: JobsHome,
  id: string,
  state: JobState,
  ready: () => boolean = () => true,
): Promise<void> => {
  const { child, ended } = await home.command('resume')
  await expect.poll(() => home.stateOf(id) === state && ready(), { interval: 10 }).toBe(true)
  child.kill('SIGKILL')
  await ended
  expect(home.stateOf(id)).toBe(state)
}

/** Resumes the job in a new process and checks the result. */
const resumed = async (home: JobsHome, id: string): Promise<void> => {
  const resume = await home.command('resume')
  expect({ code: await resume.ended, said: resume.stderr() }).toMatchObject({ code: 0 })
  expect(home.stateOf(id)).toBe('saved')
  const { library } = await home.open()
  const entries = library.list({ words: '', providers: [] })
  expect(entries).toMatchObject([{ jobId: id, prompt: 'snowy street', missing: false }])
  const names = readdirSync(library.folder()).sort()
  expect(names.filter((name) => name.endsWith('.mp4'))).toHaveLength(1)
  expect(names.filter((name) => name.endsWith('.part'))).toEqual([])
  expect(home.server.violations).toEqual([])
  expect(home.server.calls.create).toBe(1)
}

describe('kill -9 and resume: one create, one result', () => {
  it('before the job began', async () => {
    const home = await createJobsHome({ words: ['SUCCEEDED'] })
    const id = await home.submit()
    expect(home.stateOf(id)).toBe('queued')
    await resumed(home, id)
  })

  it('while preparing', async () => {
    const home = await createJobsHome({ words: ['SUCCEEDED'] })
    const id = await home.submit({ start: 1, end: 3.5 })
    home.holdFfmpeg()
    await killIn(home, id, 'preparing')
    rmSync(path.join(home.folder, 'hold'))
    await resumed(home, id)
  })

  it('while uploading', async () => {
    const home = await createJobsHome({ words: ['SUCCEEDED'] })
    const id = await home.submit()
    home.server.next('upload', { kind: 'stall' })
    await killIn(home, id, 'uploading', () => home.server.calls.upload === 1)
    await resumed(home, id)
    expect(home.server.calls.upload).toBe(2)
  })

  it('while submitting, after the create has arrived', async () => {
    const home = await createJobsHome({ words: ['SUCCEEDED'] })
    const id = await home.submit()
    home.server.next('create', { kind: 'stall', effect: true })
    await killIn(home, id, 'submitting', () => home.server.calls.create === 1)
    home.age(id, minute)
    await resumed(home, id)
    expect(home.server.calls.list).toBeGreaterThan(0)
    expect(home.server.tasks.size).toBe(1)
  })

  it('while submitting, before the create has arrived: it is never sent again automatically', async () => {
    const home = await createJobsHome({ words: ['SUCCEEDED'] })
    const id = await home.submit()
    home.server.next('create', { kind: 'stall' })
    await killIn(home, id, 'submitting', () => home.server.calls.create === 1)
    home.age(id, 10 * minute)
    const resume = await home.command('resume')
    expect(await resume.ended).toBe(1)
    expect(resume.stdout()).toMatch(/^Job \S+ failed: .*nothing was billed\. .*\n$/)
    expect(resume.stderr()).toMatch(
      / {2}Submitting\nJob .* checking with the provider.*\n.* {2}Checking\n$/,
    )
    expect(home.stateOf(id)).toBe('failed')
    expect(home.server.calls.create).toBe(1)
    const { jobs } = await home.open()
    expect(jobs.get(id)).toMatchObject({
      failure: { text: { key: 'job.notCreated' }, action: 'try-again' },
      canRetry: true,
    })
  })

  it('while the task is pending', async () => {
    const home = await createJobsHome({ words: ['SUCCEEDED'] })
    const id = await home.submit()
    await killIn(home, id, 'pending')
    home.age(id, minute)
    await resumed(home, id)
    expect(home.server.calls.upload).toBe(1)
  })

  it('while the task is running', async () => {
    const home = await createJobsHome({ words: ['RUNNING', 'SUCCEEDED'] })
    const id = await home.submit()
    await killIn(home, id, 'pending')
    home.age(id, minute)
    await killIn(home, id, 'running')
    await resumed(home, id)
  })

  it('while downloading: only the rest is fetched', async () => {
    const home = await createJobsHome({ words: ['SUCCEEDED'] })
    const id = await home.submit()
    home.server.next('download', { kind: 'truncate', length: true }, { kind: 'stall' })
    await killIn(home, id, 'pending')
    home.age(id, minute)
    await killIn(home, id, 'downloading', () => home.server.calls.download === 2)
    await resumed(home, id)
    expect(home.server.calls.download).toBe(3)
  })
})

it.each([
  'before the sidecar has its name',
  'before the result has its name',
  'before the library is recorded',
  'before saved is recorded',
])('kill -9 while saving, %s: one result with one sidecar', async (step) => {
  const home = await createJobsHome({ words: ['SUCCEEDED'] })
  const id = await home.submit()
  await killIn(home, id, 'pending')
  home.age(id, minute)
  const { child, ended } = await home.resumeUntil(step)
  await ended
  expect(child.signalCode).toBe('SIGKILL')
  await resumed(home, id)
  const { library, catalog } = await home.open(2 * 60 * minute)
  expect(catalog.list()).toEqual([]) // looks for what a kill left
  await expect.poll(() => readdirSync(library.folder()).length).toBe(2)
})

describe('several processes on one home', () => {
  it('as three command lines and a window do each job once', async () => {
    const home = await createJobsHome({ words: ['SUCCEEDED'] })
    const ids = [await home.submit(), await home.submit(), await home.submit()]
    const window = await home.open()
    const resume = () => home.command('resume')
    const commands = await Promise.all([resume(), resume(), resume()])
    window.jobs.start()
    expect(await Promise.all(commands.map(({ ended }) => ended))).toEqual([0, 0, 0])
    expect(ids.map(home.stateOf)).toEqual(['saved', 'saved', 'saved'])
    expect(home.server.calls).toMatchObject({ create: 3, upload: 3, download: 3 })
    expect(home.server.violations).toEqual([])
  })

  it('the other one goes on when one is killed', async () => {
    const home = await createJobsHome({ words: ['RUNNING', 'SUCCEEDED'] })
    const id = await home.submit()
    const one = await home.command('resume')
    await expect.poll(() => home.stateOf(id), { interval: 20 }).toBe('pending')
    const two = await home.command('resume')
    await expect.poll(() => home.stateOf(id), { interval: 20 }).toBe('running')
    one.child.kill('SIGKILL')
    expect(await two.ended).toBe(0)
    expect(home.stateOf(id)).toBe('saved')
    expect(home.server.calls.create).toBe(1)
  })

  it('the command line cancels a job that another process drives', async () => {
    const home = await createJobsHome({ words: ['PENDING'] })
    const id = await home.submit()
    const driver = await home.command('resume')
    await expect.poll(() => home.stateOf(id), { interval: 20 }).toBe('pending')
    const cancel = await home.command('cancel', id)
    expect(await cancel.ended).toBe(0)
    await driver.ended
    expect(home.stateOf(id)).toBe('cancelled')
    expect(home.server.calls).toMatchObject({ create: 1, cancel: 1 })
    expect(existsSync(home.clip)).toBe(true)
  })
})
