import { cp, mkdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { type App, launchApp, makeHome } from '../support/app'
import { addAndCheck } from '../support/app-verbs'
import { isRunning } from '../support/is-running'
import { makeImage } from '../support/make-media-images'

/** The processes in which pictures are decoded. */
const pictureProcesses = (app: App) =>
  app.electron.evaluate(({ app: electron }) =>
    electron.getAppMetrics().flatMap(({ name, pid }) => (name === 'Reshoot pictures' ? [pid] : [])),
  )

test('pictures are decoded in a process that may be killed, and that ends when it is idle', async () => {
  const folder = await makeHome()
  const photo = await makeImage({ format: 'png', alpha: 'channel', width: 1600, height: 1200 })
  const copies = ['one.png', 'two.png'].map((name) => path.join(folder, name))
  await mkdir(folder, { recursive: true })
  for (const copy of copies) await cp(photo, copy)
  await using app = await launchApp()
  const [first] = await addAndCheck(app, copies.slice(0, 1))
  expect(first?.facts).toMatchObject({ decodes: true, alpha: true, width: 1600 })
  for (const pid of await pictureProcesses(app)) process.kill(pid, 'SIGKILL')
  const [second] = await addAndCheck(app, copies.slice(1))
  expect(second?.facts).toMatchObject({ decodes: true, alpha: true, width: 1600 })
  const [pid] = await pictureProcesses(app)
  await expect.poll(() => pictureProcesses(app)).toEqual([])
  if (pid !== undefined) expect(isRunning(pid)).toBe(false)
  expect(await app.log()).not.toContain('A child process ended')
  await rm(folder, { recursive: true })
})
