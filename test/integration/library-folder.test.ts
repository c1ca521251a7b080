import { mkdirSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { needsAttention } from '../../preload/contract'
import { createJobsHome } from '../support/jobs-home'
import { noDisk, smallDisk, withDisk } from '../support/small-disk'

/** A limit for a hang. */
const patient = { timeout: 60_000 }

/** A running job whose results go to a folder on a drive. */
const place = async () => {
  const drive = smallDisk()
  const folder = path.join(drive.folder, 'Films')
  mkdirSync(folder)
  const { open, submit, server } = await createJobsHome({ words: ['SUCCEEDED'] })
  const services = await open()
  const { jobs, library, settings } = services
  settings.set({ libraryFolder: folder })
  /** Calls back at the first sign that the result is downloaded. */
  const whenDownloading = (act: () => void) => {
    const forget = jobs.onChange(({ state }) => {
      if (state !== 'downloading') return
      forget()
      act()
    })
  }
  const heldJob = async (id: string) => {
    const job = () => jobs.get(id)
    await expect
      .poll(() => needsAttention(job() ?? { state: 'saved', failure: null }), patient)
      .toBe(true)
    return job()
  }
  const saved = async (id: string) =>
    await expect.poll(() => jobs.get(id)?.state, patient).toBe('saved')
  const results = () => readdirSync(folder).filter((name) => name.endsWith('.mp4'))
  return { drive, folder, jobs, library, submit, server, whenDownloading, heldJob, saved, results }
}

describe.skipIf(noDisk !== null)(withDisk('a library on a drive'), () => {
  it('that becomes read-only holds the job, which saves its result afterwards', async () => {
    const { drive, folder, jobs, submit, server, whenDownloading, heldJob, saved, results } =
      await place()
    whenDownloading(drive.protect)
    const id = await submit()
    jobs.start()
    const text = { key: 'job.folder', values: { folder } }
    expect(await heldJob(id)).toMatchObject({ state: 'downloading', failure: { text } })
    drive.release()
    await jobs.retry(id)
    await saved(id)
    expect(results()).toHaveLength(1)
    expect(server.calls.create).toBe(1)
  })

  it('that is taken away holds the job, writes nothing in its place, and gets the result when it is back', async () => {
    const {
      drive,
      folder,
      jobs,
      library,
      submit,
      server,
      whenDownloading,
      heldJob,
      saved,
      results,
    } = await place()
    whenDownloading(drive.remove)
    const id = await submit()
    jobs.start()
    const text = { key: 'job.folder', values: { folder } }
    expect(await heldJob(id)).toMatchObject({ state: 'downloading', failure: { text } })
    expect(readdirSync(drive.folder)).toEqual([])
    drive.comeBack()
    await jobs.retry(id)
    await saved(id)
    expect(results()).toHaveLength(1)
    expect(server.calls.create).toBe(1)

    const missing = () => library.list({ words: '', providers: [] }).map((entry) => entry.missing)
    expect(missing()).toEqual([false])
    drive.remove()
    expect(missing()).toEqual([true])
    drive.comeBack()
    expect(missing()).toEqual([false])
  })
})

it('a chosen library folder that is missing refuses an edit before anything is paid', async () => {
  const { open, server, clip, command, folder } = await createJobsHome()
  const { settings } = await open()
  const gone = path.join(folder, 'gone')
  settings.set({ libraryFolder: gone })
  const edit = await command('edit', clip, '--prompt', 'snow')
  expect([await edit.ended, edit.stdout()]).toEqual([1, ''])
  expect(edit.stderr()).toContain(`Cannot write to the library folder ${gone}.`)
  expect(server.calls.create).toBe(0)
  expect(readdirSync(folder)).not.toContain('gone')
})
