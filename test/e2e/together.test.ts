import { expect, test } from 'vitest'
import { launchApp } from '../support/app'
import { addAndCheck, jobIn, jobsOf, libraryOf, submit } from '../support/app-verbs'
import { reshoot, reshootInElectron } from '../support/command'
import { makeClip } from '../support/make-media'

test('window and command line share a home at the same time, and each job is done once', async () => {
  const clip = await makeClip({ seconds: 3, name: 'window.mp4' })
  const other = await makeClip({ seconds: 4, name: 'terminal.mp4' })
  await using app = await launchApp()
  const [item] = await addAndCheck(app, [clip])
  await submit(app, item?.id ?? '')
  const edit = await reshoot(app.home, ['edit', other, '--prompt', 'warm light', '--json'])
  expect({ code: edit.code, stderr: edit.code === 0 ? '' : edit.stderr }).toEqual({
    code: 0,
    stderr: '',
  })
  await expect
    .poll(async () => (await jobsOf(app)).map(({ state }) => state))
    .toEqual(['saved', 'saved'])
  expect(await libraryOf(app)).toHaveLength(2)
  const jobs = await reshoot(app.home, ['jobs', '--json'])
  expect(jobs.stdout.trim().split('\n')).toHaveLength(2)
})

test('window and command line give a file the same verdict', async () => {
  const clip = await makeClip({ seconds: 12, rate: 25 })
  await using app = await launchApp()
  const [item] = await addAndCheck(app, [clip])
  const { code, stdout } = await reshootInElectron(app.home, ['check', '--json', clip])
  expect(code).toBe(1)
  const line: unknown = JSON.parse(stdout)
  expect(line).toMatchObject({
    verdict: item?.report?.verdict,
    findings: item?.report?.findings.map(({ rule, level, measured }) => ({
      rule,
      level,
      measured,
    })),
  })
})

test('a job of the command line appears in the open window', async () => {
  const clip = await makeClip({ seconds: 3 })
  await using app = await launchApp()
  const { code } = await reshoot(app.home, ['edit', clip, '--prompt', 'mirror', '--no-wait'])
  expect(code).toBe(0)
  expect((await jobIn(app, 'saved')).prompt).toBe('mirror')
})
