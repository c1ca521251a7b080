import { readdirSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { startCli } from '../support/cli-process'
import { createJobsHome } from '../support/jobs-home'
import { makeClip } from '../support/make-media'
import { runInProcess } from '../support/run-cli'
import { noDisk, smallDisk, withDisk } from '../support/small-disk'

const isFull = 'The disk that holds the database is full. Free up some space and try again.\n'
const stopped = 'Stopped. Run `reshoot resume` to continue.\n'

/** A limit for a hang. */
const patient = { timeout: 60_000 }

/** A home on a small disk. */
const place = async () => {
  const disk = smallDisk()
  const home = path.join(disk.folder, 'home')
  const env: NodeJS.ProcessEnv = { RESHOOT_HOME: home, RESHOOT_SANDBOX_SPEED: '20' }
  const run = (...argv: string[]) => runInProcess(argv, { env })
  const jobs = async () => (await run('jobs', '--json')).documents()
  const clip = await makeClip()
  const edit = () => startCli(['edit', clip, '--prompt', 'snow'], { env })
  return { disk, home, run, edit, jobs, clip }
}

describe.skipIf(noDisk !== null)(withDisk('a home on a full disk'), () => {
  it.each(['new', 'used before'])(
    'that is %s ends every command that writes with one sentence',
    async (age) => {
      const { disk, run, clip } = await place()
      if (age === 'used before') expect(await run('jobs')).toMatchObject({ code: 0 })
      disk.fill()
      for (const command of ['jobs', 'resume', 'library', `edit ${clip} --prompt snow`])
        expect([command, await run(...command.split(' '))]).toMatchObject([
          command,
          { code: 1, stdout: '', stderr: isFull },
        ])
      const prepared = path.join(disk.folder, 'prepared.mp4')
      expect(await run('prepare', clip, '-o', prepared, '--end', '2')).toMatchObject({
        code: 1,
        stderr: expect.stringMatching(/The disk is full\. .*\n$/),
      })
      expect(await run('check', clip)).toMatchObject({ code: 0, stderr: '' })
      expect(readdirSync(disk.folder).join()).not.toContain('prepared')
    },
  )
})

describe.skipIf(noDisk !== null)(withDisk('a disk that fills'), () => {
  it('while a clip is prepared ends edit without a stack trace; the job waits for resume', async () => {
    const { disk, edit, jobs } = await place()
    const command = await edit()
    await command.says('Preparing')
    disk.fill()
    expect([await command.ended, command.stdout()]).toEqual([1, ''])
    expect(command.stderr()).toContain(`\n${isFull}${stopped}`)
    expect(command.stderr()).not.toMatch(/\n\s+at /)
    disk.empty()
    expect(await jobs()).toMatchObject([
      { state: expect.stringMatching(/^(prepar|upload|submitt)ing$/) },
    ])
  })

  it('before a download is told once; the open app goes on by itself when there is space', async () => {
    const disk = smallDisk()
    const home = await createJobsHome({ folder: disk.folder, words: ['SUCCEEDED'] })
    const { jobs, library } = await home.open()
    const told: string[] = []
    jobs.onFailure(({ key }) => told.push(key))
    jobs.onChange(({ state }) => state === 'downloading' && told.length === 0 && disk.fill())
    const id = await home.submit()
    jobs.start()
    await expect.poll(() => told, patient).toEqual(['database.full'])
    expect(jobs.get(id)?.state).toBe('downloading')
    disk.empty()
    await expect.poll(() => jobs.get(id)?.state, patient).toBe('saved')
    expect(told).toEqual(['database.full'])
    expect(home.server.calls).toMatchObject({ create: 1 })
    expect(readdirSync(library.folder()).sort()).toEqual([
      expect.stringMatching(/snowy street \(beach\)\.mp4$/),
      expect.stringMatching(/snowy street \(beach\)\.reshoot\.json$/),
    ])
  })
})
